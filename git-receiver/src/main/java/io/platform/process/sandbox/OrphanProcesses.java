package io.platform.process.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.digest.Sha256Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds processes in /proc, including those that are not children of this server. */
public final class OrphanProcesses {
  /**
   * Set in the outermost process of each child, until it becomes a sandbox, which ends with the
   * server: says whose it is.
   */
  static final String TAG = "PLATFORM_OWNER";

  /**
   * {@code owner/name} in the environment of all that runs without a sandbox: tells what belongs to
   * a process, also where that has left its session. The runner keeps it for the app.
   */
  static final String MARK = "APP_INSTANCE";

  private static final Logger LOG = LoggerFactory.getLogger(OrphanProcesses.class);

  private static final Path PROC = Path.of("/proc");

  private static final Set<String> ENDED = Set.of("Z", "X");

  private static final Set<String> STOPPED = Set.of("T", "t");

  private static final int OWNER_DIGITS = 24;

  private OrphanProcesses() {}

  /** The owner of all that runs for a data directory. Not its path, which is nobody's business. */
  public static String owner(Path data) throws IOException {
    return Sha256Digests.hex(data.toRealPath().toString()).substring(0, OWNER_DIGITS);
  }

  /**
   * Kills what an earlier server of the same data left behind, and waits until it is gone. Returns
   * how many.
   */
  public static int sweep(String owner) {
    Set<ProcessHandle> found = new HashSet<>();
    withVariable(TAG + "=" + owner + "\0").forEach(found::add);
    withVariable(MARK + "=" + owner + "/").forEach(found::add);
    List<ProcessHandle> outermost = List.copyOf(found);
    outermost.forEach(process -> process.descendants().forEach(found::add));
    outermost.forEach(process -> ofSession(process.pid()).forEach(found::add));
    found.forEach(ProcessHandle::destroyForcibly);
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    for (ProcessHandle process : found) {
      try {
        process.onExit().get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (Exception stillThere) {
        // A process in uninterruptible sleep ends when the system lets it: nothing to wait for.
        break;
      }
    }
    return found.size();
  }

  /** Stops (not ends) a process, and returns when it has stopped. */
  static void stop(ProcessLauncher launcher, ProcessHandle process) {
    signal(launcher, "STOP", List.of(process));
  }

  /** Lets those go on that were stopped: they would not hear a signal before. */
  static void resume(ProcessLauncher launcher, Collection<ProcessHandle> processes) {
    List<ProcessHandle> stopped =
        processes.stream().filter(process -> STOPPED.contains(stateOf(process.pid()))).toList();
    if (!stopped.isEmpty()) {
      signal(launcher, "CONT", stopped);
    }
  }

  /** Sends a signal, by its name without SIG. */
  static void signal(ProcessLauncher launcher, String signal, List<ProcessHandle> processes) {
    List<String> kill =
        new ArrayList<>(List.of("/bin/bash", "-c", "kill -\"$0\" \"$@\" 2>/dev/null", signal));
    processes.forEach(process -> kill.add(Long.toString(process.pid())));
    try {
      launcher.start(kill, Map.of()).waitFor();
    } catch (IOException gone) {
      LOG.debug("sending SIG{}", signal, gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Processes whose environment, as they started, has a variable that begins so: name, {@code =},
   * value. Those of other users cannot be read, and are none.
   */
  static Stream<ProcessHandle> withVariable(String beginning) {
    String wanted = new String(("\0" + beginning).getBytes(UTF_8), ISO_8859_1);
    return pids()
        .filter(pid -> environment(pid).contains(wanted))
        .flatMap(pid -> ProcessHandle.of(pid).stream());
  }

  /** Processes of a session. */
  static Stream<ProcessHandle> ofSession(long session) {
    return pids()
        .filter(pid -> sessionOf(pid) == session)
        .flatMap(pid -> ProcessHandle.of(pid).stream());
  }

  private static Stream<Long> pids() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .map(Long::valueOf)
          .toList()
          .stream();
    } catch (IOException noProc) {
      return Stream.empty();
    }
  }

  private static String environment(long pid) {
    return "\0" + read(PROC.resolve(pid + "/environ"));
  }

  /**
   * Fields 3 and 6 of /proc/PID/stat, see proc(5); the name before them may hold anything. What has
   * ended, and only waits for its parent to ask, is in no session any more.
   */
  private static long sessionOf(long pid) {
    String[] fields = stat(pid);
    return fields.length < 5 || ENDED.contains(fields[0]) ? -1 : Long.parseLong(fields[3]);
  }

  private static String stateOf(long pid) {
    return stat(pid)[0];
  }

  /** From field 3 on. */
  private static String[] stat(long pid) {
    String stat = read(PROC.resolve(pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 5);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
