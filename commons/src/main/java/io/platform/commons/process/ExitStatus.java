package io.platform.commons.process;

import java.util.Map;

/** The exit status of a process as a shell has it: 128 + n where signal n ended it (POSIX, sh). */
public final class ExitStatus {
  private static final int SIGNALED = 128;
  private static final int SIGNALS = 64;

  /** Signals as Linux numbers them on x86-64 and ARM, see signal(7). */
  private static final Map<Integer, String> NAMES =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9,
          "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  /** Of what SIGKILL ended. */
  public static final int KILLED = SIGNALED + 9;

  /** Of what SIGTERM ended. */
  public static final int TERMINATED = SIGNALED + 15;

  private ExitStatus() {}

  /** As a clause without a subject: "exited with code 1", "was killed by SIGKILL". */
  public static String describe(int status) {
    int signal = status - SIGNALED;
    return signal > 0 && signal <= SIGNALS
        ? "was killed by " + NAMES.getOrDefault(signal, "signal " + signal)
        : "exited with code " + status;
  }
}
