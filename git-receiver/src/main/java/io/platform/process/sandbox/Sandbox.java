package io.platform.process.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Starts processes so that they and their child processes can be ended together: in a sandbox, or
 * only in a session.
 */
public interface Sandbox {
  /** Whether a process sees nothing but what is its own. */
  boolean isolated();

  /** Where a process of this directory sees {@code directory/name}. */
  String seen(Path directory, String name);

  /**
   * The command line that starts it. Its environment goes to the command's standard input, see
   * {@link ShellScripts#environment}: what the outer processes inherit could be read inside, and
   * could change what they do outside.
   *
   * @param groups the control groups that it enters first
   */
  List<String> command(ProcessSpec processSpec, Set<Path> groups);

  /** What the process's environment has beside the launch's own. */
  Map<String, String> marks(ProcessSpec processSpec);

  /** All processes of it that are there now, the outer one included. */
  Set<ProcessHandle> processes(ProcessHandle outer, ProcessSpec processSpec);

  /**
   * SIGTERM, once, to all that the user would call the app. Returns false where none of it has
   * started yet.
   */
  boolean terminate(ProcessHandle outer, ProcessSpec processSpec);

  /** SIGKILL to all of it. */
  void kill(ProcessHandle outer, ProcessSpec processSpec);

  /** Called when the outer process has ended by itself: ends what it left behind. */
  void ended(ProcessHandle outer, ProcessSpec processSpec);
}
