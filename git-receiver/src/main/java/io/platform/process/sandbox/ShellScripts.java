package io.platform.process.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The bash scripts that wrap each process. */
final class ShellScripts {
  /**
   * Applies the limits in its first four arguments; the fourth has groups to enter, a line each.
   */
  private static final String LIMIT =
      """
      [ -z "$4" ] || while IFS= read -r group; do echo "$$" >"$group/cgroup.procs"; done <<<"$4"
      umask 022; ulimit -c 0; ulimit -n "$1" 2>/dev/null; [ "$2" = 0 ] || ulimit -d "$2";
      [ "$3" = 0 ] || ulimit -f "$3"; shift 4;
      """;

  /** Becomes its arguments. */
  private static final String PLAIN = LIMIT + "exec \"$@\"";

  /** Takes its environment from standard input. */
  private static final String READ_ENVIRONMENT =
      "unset %s; while IFS= read -r -d '' pair && [ -n \"$pair\" ]; do export \"$pair\"; done 2>/dev/null; unset pair"
          .formatted(OrphanProcesses.TAG);

  /** What a sandbox says first: it is complete, and would end with the server from now on. */
  static final int READY = 6;

  /**
   * Says that it is {@link #READY}, and becomes its arguments from the second on, in the
   * environment that standard input then gives. The first is a limit of processes, or 0: in a
   * sandbox it counts those of the sandbox.
   */
  private static final String BECOME =
      "printf '\\006'; " + READ_ENVIRONMENT + "; [ \"$1\" = 0 ] || ulimit -u \"$1\"; shift; ";

  /** Where a sandbox has the terminal of its process, as a container has. */
  static final String CONSOLE = "/dev/console";

  private static final String TO_CONSOLE = "\"$@\" <>/dev/console >&0 2>&0";

  /** In a new session, whose terminal it is: keys such as Ctrl-C reach no outer process. */
  private static final String ON_CONSOLE = "exec setsid -c " + TO_CONSOLE;

  /**
   * The same in another's sandbox, where this shell leads its session, so that the terminal that it
   * opens is the session's.
   */
  private static final String ON_JOINED_CONSOLE = "exec " + TO_CONSOLE;

  /** What another sandbox was entered by, is nothing for the process. */
  private static final String CLOSE_JOINED = "exec 10<&- 11<&- 12<&-; ";

  /**
   * Becomes bwrap, whose own environment and arguments the app can read, since process 1 of the
   * sandbox has them too: the environment is empty, and the options come from a file. Arguments
   * from the first on: the file of the system call filter, the number of options, the options, the
   * command.
   */
  private static final String BWRAP =
      """
          filter=$1; count=$2; shift 2; options=("${@:1:count}"); shift "$count"
          exec 8< <(printf '%s\\0' "${options[@]}") 9<"$filter"
      exec -c bwrap --args 8 -- "$@"\
      """;

  private static final String SANDBOX = LIMIT + BWRAP;

  /** The first three arguments are namespaces to enter; {@link #JOIN} has the options for bwrap. */
  private static final String JOINED_SANDBOX =
      LIMIT + "exec 10<\"$1\" 11<\"$2\" 12<\"$3\"; shift 3;\n" + BWRAP;

  /** Options for bwrap that enter these namespaces. */
  static final List<String> JOIN = List.of("--userns", "10", "--userns2", "11", "--pidns", "12");

  /** Without a sandbox: becomes its arguments from the second on, in the directory of the first. */
  static final String ATTACHED = READ_ENVIRONMENT + "; cd -- \"$1\" && shift; exec \"$@\"";

  /** The same, on the terminal of its second argument, which becomes that of its session. */
  static final String ON_TERMINAL =
      READ_ENVIRONMENT
          + "; cd -- \"$1\" && terminal=$2 && shift 2; exec \"$@\" <>\"$terminal\" >&0 2>&0";

  /**
   * Stays beside the process that it starts in the directory of its first argument, until that
   * ends, and kills its whole group when standard input ends, which is when the server has died.
   * Neither of the two shells ends at a SIGTERM. It waits as for any command: one in the background
   * would ignore SIGINT and SIGQUIT, and wait(1) does not always learn how it ended.
   */
  static final String GUARD =
      READ_ENVIRONMENT
          + """
          ; cd -- "$1" && shift; exec 3<&0 </dev/null 4>&2 2>/dev/null; trap : TERM
          ( trap '' TERM; read -r -u 3 _; kill -KILL -- "-$$" ) >/dev/null 4>&- & watch=$!
          "$@" 2>&4 3<&- 4>&-; code=$?
          kill -KILL "$watch"; exit "$code"\
          """;

  private ShellScripts() {}

  /** What a sandbox starts with: see {@link #BECOME}. */
  static String exec(Optional<Attachment> attachment) {
    if (attachment.isEmpty()) {
      return BECOME + "exec \"$@\" </dev/null";
    }
    boolean joined = attachment.get().joined().isPresent();
    boolean terminal = attachment.get().terminal().isPresent();
    return BECOME
        + (joined ? CLOSE_JOINED : "")
        + (!terminal ? "exec \"$@\"" : joined ? ON_JOINED_CONSOLE : ON_CONSOLE);
  }

  /**
   * A command in a sandbox, in a session of its own, with its limits.
   *
   * @param groups the control groups to enter
   * @param filter open as file 9 for bwrap
   * @param joined the sandbox to enter in place of a new one
   */
  static List<String> sandboxed(
      ProcessSettings.Limits limits,
      Set<Path> groups,
      Path filter,
      Optional<JoinedSandbox> joined,
      List<String> options,
      List<String> command) {
    List<String> all =
        new ArrayList<>(limited(limits, groups, joined.isEmpty() ? SANDBOX : JOINED_SANDBOX));
    joined.ifPresent(sandbox ->
        all.addAll(List.of(sandbox.owningUsers(), sandbox.users(), sandbox.processes())));
    all.addAll(List.of(filter.toString(), Integer.toString(options.size())));
    all.addAll(options);
    all.addAll(command);
    return all;
  }

  /** A command in a session of its own, with its limits. */
  static List<String> limited(ProcessSettings.Limits limits, Set<Path> groups) {
    return limited(limits, groups, PLAIN);
  }

  private static List<String> limited(
      ProcessSettings.Limits limits, Set<Path> groups, String script) {
    return List.of(
        "setsid",
        "nice",
        "-n",
        Integer.toString(limits.nice()),
        "/bin/bash",
        "-c",
        script,
        "platform",
        Integer.toString(limits.openFiles()),
        Long.toString(limits.dataMegabytes() * 1024),
        Long.toString(limits.diskBytes() / 1024),
        groups.stream().map(Path::toString).collect(Collectors.joining("\n")));
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
