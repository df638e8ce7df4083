package io.platform.process.sandbox;

import io.platform.slug.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Every sentence of the package that users and operators read. */
public final class ProcessMessages {
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9,
          "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  private ProcessMessages() {}

  /** "exited with code 1", "was killed by SIGKILL". */
  public static String end(int exitCode) {
    if (exitCode > 128 && exitCode < 128 + 65) {
      int signal = exitCode - 128;
      return "was killed by " + SIGNALS.getOrDefault(signal, "signal " + signal);
    }
    return "exited with code " + exitCode;
  }

  /** The end, or why the platform ended it. */
  public static String end(int exitCode, Optional<String> reason) {
    return reason.map(why -> "was ended because " + why).orElseGet(() -> end(exitCode));
  }

  static String tooMuchDisk(long bytes, long limit) {
    return "its files take %s of the disk, and it may have %s".formatted(size(bytes), size(limit));
  }

  static String diskAlmostFull(long bytes) {
    return "the disk of the platform's server is almost full, and its files take the most of it: %s"
        .formatted(size(bytes));
  }

  private static String size(long bytes) {
    return bytes < 10L << 30
        ? "%d MB".formatted(bytes >> 20)
        : "%.1f GB".formatted((bytes >> 20) / 1024.0);
  }

  public static String hasEnded(int exitCode, Optional<String> reason) {
    return "The web process %s; it is started again.".formatted(end(exitCode, reason));
  }

  public static String endedEarly(int exitCode, Optional<String> reason) {
    if (reason.isPresent()) {
      return "The web process %s.".formatted(end(exitCode, reason));
    }
    Optional<ExitCode> known =
        ExitCode.of(exitCode).filter(code -> code.code() > 100 && code.code() < 120);
    return known.isPresent()
        ? "The release could not be started: its runner %s (%s)."
            .formatted(end(exitCode), words(known.get()))
        : "The web process %s before it accepted connections on its port.".formatted(end(exitCode));
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

  public static String crashed(int exitCode, Optional<String> reason, Duration wait) {
    return "State changed to crashed: the process %s; it starts again in %s"
        .formatted(end(exitCode, reason), seconds(wait));
  }

  public static String retried(String why, Duration wait) {
    return "%s It starts again in %s".formatted(why, seconds(wait));
  }

  public static String queued(int concurrent) {
    return concurrent == 1
        ? "Waiting for another build to finish"
        : "Waiting for another build to finish (%d run at a time)".formatted(concurrent);
  }

  public static String buildNotStarted() {
    return "The build could not be started on this machine. Try again; if this keeps failing, contact your administrator.";
  }

  /** What a builder that did not end as it should leaves behind. */
  public static String builderEnd(int exitCode, Optional<String> reason, List<String> lastLines) {
    if (reason.isPresent()) {
      return "it " + end(exitCode, reason);
    }
    String hint = exitCode == 137 ? "; the machine may be out of memory" : "";
    return lastLines.isEmpty()
        ? "it %s%s".formatted(end(exitCode), hint)
        : "it %s%s; its last line: %s".formatted(end(exitCode), hint, lastLines.getLast());
  }

  public static String canceledInQueue() {
    return "it was canceled before it started";
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
