package io.platform.receiver;

import io.platform.bootstrap.ServerProcess;
import io.platform.commons.settings.SettingsReader;

/** The git receiver's program on Kubernetes; its settings are in the environment. */
public final class ReceiverMain {
  private ReceiverMain() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    SettingsReader settings = new SettingsReader(System.getenv());
    System.exit(
        ServerProcess.run(
            "git-receiver",
            System.err,
            parts -> ReceiverPod.start(ReceiverConfig.read(settings), parts)));
  }
}
