package io.platform.process.sandbox;

import io.platform.domain.ExitDetail;
import io.platform.failure.ExitMessages;
import io.platform.slug.ExitCode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Every sentence of the package that users and operators read. */
public final class ProcessMessages {
  private ProcessMessages() {}

  public static String hasEnded(int exitCode, ExitDetail detail) {
    return "The web process %s; it is started again.".formatted(ExitMessages.end(exitCode, detail));
  }

  public static String endedEarly(int exitCode, ExitDetail detail) {
    if (!(detail instanceof ExitDetail.Unknown)) {
      return "The web process %s.".formatted(ExitMessages.end(exitCode, detail));
    }
    Optional<ExitCode> known =
        ExitCode.of(exitCode).filter(code -> code.code() > 100 && code.code() < 120);
    return known.isPresent()
        ? "The release could not be started: its runner %s (%s)."
            .formatted(ExitMessages.end(exitCode), words(known.get()))
        : "The web process %s before it accepted connections on its port."
            .formatted(ExitMessages.end(exitCode));
  }

  private static String words(ExitCode code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  public static String silent(int port, Duration limit, OptionalInt other) {
    String start =
        "The web process did not listen on port %d within %s".formatted(port, seconds(limit));
    return other.isPresent()
        ? "%s: it listens on %d. Let it listen on the port in the environment variable PORT."
            .formatted(start, other.getAsInt())
        : start + ". Let it listen on the port in the environment variable PORT, on all addresses.";
  }

  public static String notStarted(String why) {
    return "The web process could not be started: " + why + ".";
  }

  public static String noWeb() {
    return "There is no process type `web`, so nothing runs and the app's URL shows that";
  }

  public static String starting(String command) {
    return "Starting process with command `" + command + "`";
  }

  public static String up(Duration took) {
    return "State changed from starting to up after %s".formatted(seconds(took));
  }

  /** The end of the last attempt. */
  public static String portTaken(int port, boolean sealed) {
    String detached =
        sealed
            ? ""
            : " A server of the app's own counts as another program where it runs in a new session with an emptied environment: start it without that.";
    return ("Another program on this machine listens on port %d, which was given to the app, as on the ports before it.%s"
            + " Try again; if this keeps failing, contact your administrator to end that program, or to give apps other ports"
            + " (PLATFORM_APP_PORT_FIRST and PLATFORM_APP_PORT_LAST).")
        .formatted(port, detached);
  }

  public static String nextPort(int port) {
    return "Another program on this machine listens on port %d, which was given to the app; the app starts again on another port"
        .formatted(port);
  }

  public static String noFreePort(ProcessSettings.Ports range) {
    return ("no port from %d to %d is free. Destroy apps that are not needed any more, or contact your administrator to give apps more"
            + " ports (PLATFORM_APP_PORT_FIRST and PLATFORM_APP_PORT_LAST)")
        .formatted(range.first(), range.last());
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
