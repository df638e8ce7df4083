package io.platform.process.sandbox;

import io.platform.domain.ExitDetail;
import io.platform.failure.ExitMessages;
import io.platform.slug.ProcessTypes;
import java.time.Duration;

/** Every sentence of the package that users and operators read. */
public final class ProcessMessages {
  private ProcessMessages() {}

  /**
   * What a release without a web process means.
   *
   * @param others whether processes of other types run
   */
  public static String noWeb(boolean others) {
    return others
        ? "There is no process type `web`, so the app's URL does not answer"
        : "There is no process type `web`, so nothing runs and the app's URL shows that";
  }

  public static String starting(String type, int quantity, String command) {
    String what =
        quantity > 1
            ? quantity + " " + type + " processes"
            : type.equals(ProcessTypes.WEB) ? "process" : type + " process";
    return "Starting %s with command `%s`".formatted(what, command);
  }

  public static String up(Duration took) {
    return "State changed from starting to up after %s".formatted(seconds(took));
  }

  public static String nextPort(int port) {
    return "Another program on this machine listens on port %d, which was given to the app; the app starts again on another port"
        .formatted(port);
  }

  public static String crashed(int exitCode, ExitDetail detail, Duration wait) {
    return "State changed to crashed: the process %s; it starts again in %s"
        .formatted(ExitMessages.end(exitCode, detail), seconds(wait));
  }

  public static String retried(String why, Duration wait) {
    return "%s It starts again in %s".formatted(why, seconds(wait));
  }

  public static String queued(int concurrent) {
    return concurrent == 1
        ? "Waiting for another build to finish"
        : "Waiting for another build to finish (%d run at a time)".formatted(concurrent);
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

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
