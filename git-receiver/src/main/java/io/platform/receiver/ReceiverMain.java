package io.platform.receiver;

import io.platform.server.Program;
import io.platform.settings.Settings;

/** The git receiver's program on Kubernetes; its settings are in the environment. */
public final class ReceiverMain {
  private ReceiverMain() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    Settings settings = new Settings(System.getenv());
    System.exit(
        Program.run(
            "git-receiver",
            System.err,
            parts -> ReceiverPod.start(ReceiverConfig.read(settings), parts)));
  }
}
