package io.platform.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The few lines of bash around each process. */
final class Shell {
  /** Applies limits, then becomes its arguments from the third on. */
  private static final String LIMIT =
      """
      umask 022; ulimit -c 0; ulimit -n "$1" 2>/dev/null; [ "$2" = 0 ] || ulimit -d "$2"; shift 2; exec "$@"
      """
          .strip();

  /** Takes its environment from standard input. */
  private static final String READ_ENVIRONMENT =
      "unset %s; while IFS= read -r -d '' pair && [ -n \"$pair\" ]; do export \"$pair\"; done 2>/dev/null; unset pair"
          .formatted(Leftovers.TAG);

  /** Becomes its arguments, in the environment that standard input gives. */
  static final String BECOME = READ_ENVIRONMENT + "; exec \"$@\" </dev/null";

  /**
   * Stays beside the process that it starts in the directory of its first argument, until that
   * ends, and kills its whole group when standard input ends, which is when the server has died.
   * Neither of the two shells ends at a SIGTERM.
   */
  static final String GUARD =
      READ_ENVIRONMENT
          + """
          ; cd -- "$1" && shift; exec 3<&0 </dev/null; trap : TERM
          ( trap '' TERM; read -r -u 3 _; kill -KILL -- "-$$" ) >/dev/null 2>&1 & watch=$!
          "$@" 3<&- &
          while :; do
            wait "$!"; code=$?
            kill -0 "$!" 2>/dev/null || { kill -KILL "$watch"; exit "$code"; }
          done\
          """;

  private Shell() {}

  /** A command in a session of its own, with its limits. */
  static List<String> limited(ProcessSettings.Limits limits) {
    return List.of(
        "setsid",
        "nice",
        "-n",
        Integer.toString(limits.nice()),
        "/bin/bash",
        "-c",
        LIMIT,
        "platform",
        Integer.toString(limits.openFiles()),
        Long.toString(limits.dataMegabytes() * 1024));
  }

  /**
   * An environment as standard input gives it: each pair ends with a zero byte, an empty one ends
   * them all.
   */
  static byte[] environment(Map<String, String> environment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    environment.forEach((name, value) -> {
      bytes.writeBytes((name + "=" + value).replace("\0", "").getBytes(StandardCharsets.UTF_8));
      bytes.write(0);
    });
    bytes.write(0);
    return bytes.toByteArray();
  }
}
