package io.platform.process.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and removes the directories of builds and apps, which only the server's user can enter.
 */
public final class WorkDirectories implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkDirectories.class);

  /** What others wrote may be deeper than a path can say: rm copes with that. */
  private static final List<String> DELETE = List.of("/bin/rm", "-rf", "--");

  /** What others wrote may have no permissions. */
  private static final List<String> MAKE_DELETABLE = List.of("/bin/chmod", "-R", "u+rwx", "--");

  private final ProcessLauncher launcher;
  private final Path removed;
  private final Executor background;
  private final AtomicLong count = new AtomicLong();
  private final Set<Process> deleting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Removes also what an earlier server did not get to.
   *
   * @param removed a directory for what is to be removed, on the same file system as all of them
   * @param background deletes files, which may be tens of thousands
   */
  public WorkDirectories(ProcessLauncher launcher, Path removed, Executor background)
      throws IOException {
    this.launcher = launcher;
    this.removed = Files.createDirectories(removed);
    this.background = background;
    try (Stream<Path> left = Files.list(removed)) {
      left.forEach(this::deleteLater);
    }
  }

  /** Makes a directory anew, with directories of the given names in it. */
  public void make(Path directory, List<String> names) throws IOException {
    remove(directory);
    Files.createDirectories(directory.getParent());
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (String name : names) {
      Files.createDirectory(directory.resolve(name));
    }
  }

  /**
   * Removes a directory and all in it; none is fine. It is moved away at once, and its files are
   * deleted in the background. What cannot be removed is told in the log.
   */
  public void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    Path moved =
        removed.resolve(
            "%d-%d-%s"
                .formatted(
                    System.currentTimeMillis(), count.incrementAndGet(), directory.getFileName()));
    try {
      Files.move(directory, moved);
    } catch (IOException e) {
      LOG.warn("moving {} away to remove it", directory, e);
      delete(directory);
      return;
    }
    deleteLater(moved);
  }

  private void deleteLater(Path directory) {
    try {
      background.execute(() -> delete(directory));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("the next server deletes {}", directory);
    }
  }

  private void delete(Path directory) {
    try {
      run(DELETE, directory);
      if (Files.exists(directory)) {
        run(MAKE_DELETABLE, directory);
        run(DELETE, directory);
      }
    } catch (IOException e) {
      if (!closed) { // a process that is ended has its output closed
        LOG.warn("removing {}", directory, e);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    if (!closed && Files.exists(directory)) {
      LOG.warn("{} could not be removed; remove it by hand", directory);
    }
  }

  private void run(List<String> command, Path directory) throws IOException, InterruptedException {
    if (closed) {
      return;
    }
    Process process =
        launcher.start(
            Stream.concat(command.stream(), Stream.of(directory.toString())).toList(), Map.of());
    deleting.add(process);
    if (closed) {
      process.destroy();
    }
    process.getOutputStream().close();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    process.waitFor();
    deleting.remove(process);
  }

  /** Leaves what is not deleted yet to the next server. */
  @Override
  public void close() {
    closed = true;
    deleting.forEach(Process::destroy);
  }
}
