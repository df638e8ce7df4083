package io.platform.deployer;

import io.platform.bootstrap.ServerProcess;
import io.platform.commons.settings.SettingsReader;

/** The deployer's program on Kubernetes; its settings are in the environment. */
public final class DeployerMain {
  private DeployerMain() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    SettingsReader settings = new SettingsReader(System.getenv());
    System.exit(
        ServerProcess.run(
            "deployer",
            System.err,
            parts -> DeployerPod.start(DeployerPodConfig.read(settings), parts)));
  }
}
