package io.platform.deployer;

import io.platform.server.Program;
import io.platform.settings.Settings;

/** The deployer's program on Kubernetes; its settings are in the environment. */
public final class DeployerMain {
  private DeployerMain() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    Settings settings = new Settings(System.getenv());
    System.exit(
        Program.run(
            "deployer",
            System.err,
            parts -> DeployerPod.start(DeployerPodConfig.read(settings), parts)));
  }
}
