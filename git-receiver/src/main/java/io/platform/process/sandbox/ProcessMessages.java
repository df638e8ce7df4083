package io.platform.process.sandbox;

import io.platform.domain.ExitDetail;
import io.platform.failure.ExitMessages;
import io.platform.failure.Quantities;
import java.time.Duration;

/** The messages on sandboxes, and on processes that start again, for users and operators. */
public final class ProcessMessages {
  private ProcessMessages() {}

  public static String nextPort(int port) {
    return "Another program on this machine listens on port %d, which was given to the app; the app starts again on another port"
        .formatted(port);
  }

  public static String crashed(int exitCode, ExitDetail detail, Duration wait) {
    return "State changed to crashed: the process %s; it starts again in %s"
        .formatted(ExitMessages.end(exitCode, detail), Quantities.seconds(wait));
  }

  public static String retried(String why, Duration wait) {
    return "%s It starts again in %s".formatted(why, Quantities.seconds(wait));
  }

  public static String withoutSandbox(String why) {
    return ("Builds and apps run without a sandbox: %s. They can read whatever this user can read, the platform's data and other apps"
            + " included: push only code that you trust. docs/sandbox.md says how to have one.")
        .formatted(why);
  }

  static String olderBubblewrap() {
    return "Sandboxes do not limit what builds and apps put into /dev/shm: bubblewrap is older than 0.8. Update it and start again.";
  }

  static String noFilter() {
    return ("Sandboxes do not filter system calls: this system has no seccomp filters, or its processor is neither x86-64 nor"
        + " ARM64. docs/sandbox.md says what that means.");
  }

  public static String sandboxRequired(String why) {
    return "Sandboxes are required by the settings, but %s. Install bubblewrap, or see docs/sandbox.md."
        .formatted(why);
  }
}
