package io.platform.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds a process and all that it starts together: a sandbox, or only a session. */
sealed interface Box permits Bubblewrap, Session {
  /** Whether a process sees nothing but what is its own. */
  boolean sealed();

  /** Where a process of this directory sees {@code directory/name}. */
  String seen(Path directory, String name);

  /**
   * The command line that starts it. Its environment goes to the command's standard input, see
   * {@link Shell#environment}: what the outer processes inherit could be read inside, and could
   * change what they do outside.
   */
  List<String> command(Launch launch);

  /** What the process's environment has beside the launch's own. */
  Map<String, String> marks(Launch launch);

  /** All processes of it that are there now, the outer one included. */
  Set<ProcessHandle> processes(ProcessHandle outer, Launch launch);

  /**
   * SIGTERM, once, to all that the user would call the app. Returns false where none of it has
   * started yet.
   */
  boolean terminate(ProcessHandle outer, Launch launch);

  /** SIGKILL to all of it. */
  void kill(ProcessHandle outer, Launch launch);

  /** Called when the outer process has ended by itself: ends what it left behind. */
  void ended(ProcessHandle outer, Launch launch);
}
