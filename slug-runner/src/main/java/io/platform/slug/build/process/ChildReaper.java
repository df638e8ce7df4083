package io.platform.slug.build.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends processes that the builder's child processes left behind. The builder is made their
 * subreaper, so that one that was orphaned, in a session of its own or not, is a descendant still
 * and is found.
 */
public final class ChildReaper {
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int ROUNDS = 500;
  private static final long PAUSE_NANOS = 1_000_000;

  private ChildReaper() {}

  /** To be called before the first child is started; without Linux, orphans are not found. */
  public static void adopt() {
    ProcessControl.set(PR_SET_CHILD_SUBREAPER, 1);
  }

  /** Kills all of them, again and again until none is left. */
  public static void kill() {
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> alive =
          ProcessHandle.current().descendants().filter(ChildReaper::running).toList();
      if (alive.isEmpty()) {
        return;
      }
      alive.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** A zombie is dead, though it has a process id. */
  private static boolean running(ProcessHandle process) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
      int name = stat.lastIndexOf(')');
      return name < 0 || stat.charAt(name + 2) != 'Z';
    } catch (IOException gone) {
      return process.isAlive() && !Files.isDirectory(Path.of("/proc/self"));
    }
  }
}
