package io.platform.process.sandbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of processes of builds and apps by control groups (the pids controller of
 * cgroups(7), version 1 or 2), for a server that runs as root: to root's processes the kernel
 * applies no RLIMIT_NPROC. Where the system has no such groups, or lets nobody make one, there is
 * no limit.
 */
public final class ProcessCountGroups implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessCountGroups.class);
  private static final Path MOUNTS = Path.of("/sys/fs/cgroup");
  private static final String LIMIT = "pids.max";

  private final Optional<Path> parent;
  private final AtomicInteger made = new AtomicInteger();

  private ProcessCountGroups(Optional<Path> parent) {
    this.parent = parent;
  }

  /**
   * The groups of a server.
   *
   * @param owner tells its groups from those of other servers
   */
  public static ProcessCountGroups open(String owner) {
    if (!isRoot()) {
      return new ProcessCountGroups(Optional.empty());
    }
    for (Path base : bases()) {
      try {
        return new ProcessCountGroups(Optional.of(prepared(base, "platform-" + owner)));
      } catch (IOException unusable) {
        LOG.debug("no groups of processes can be made in {}", base, unusable);
      }
    }
    return new ProcessCountGroups(Optional.empty());
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * In version 1, then in version 2. There only within the server's own group, which has the limits
   * of memory and processor too: what runs must not leave those.
   */
  private static List<Path> bases() {
    String own;
    try {
      own = Files.readString(Path.of("/proc/self/cgroup"));
    } catch (IOException e) {
      return List.of();
    }
    Path first = MOUNTS.resolve("pids");
    return List.of(first.resolve(path(own, ":pids:")), first, MOUNTS.resolve(path(own, "0::")));
  }

  private static String path(String cgroups, String controller) {
    return cgroups
        .lines()
        .filter(line -> line.contains(controller))
        .findFirst()
        .map(line -> line.substring(line.indexOf(controller) + controller.length() + 1))
        .orElse("");
  }

  private static Path prepared(Path base, String name) throws IOException {
    if (!Files.exists(base.resolve("cgroup.procs"))) {
      throw new NoSuchFileException(base.toString(), null, "is no control group");
    }
    enable(base);
    Path parent = base.resolve(name);
    if (!Files.isDirectory(parent)) {
      Files.createDirectory(parent);
    }
    enable(parent);
    tryOne(Files.createDirectories(parent.resolve("tried")));
    return parent;
  }

  /** Groups can be there that no process may enter. */
  private static void tryOne(Path group) throws IOException {
    try {
      Files.writeString(group.resolve(LIMIT), "10");
      Process entering =
          new ProcessBuilder(
                  "/bin/sh", "-c", "echo $$ >\"$1/cgroup.procs\"", "sh", group.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (entering.waitFor() != 0) {
        throw new IOException("no process can enter " + group);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a group was tried");
    } finally {
      remove(group);
    }
  }

  /** Whether the number of processes can be limited so. */
  boolean work() {
    return parent.isPresent();
  }

  /** In version 2, a group says which controllers the groups in it have. */
  private static void enable(Path group) throws IOException {
    Path controllers = group.resolve("cgroup.subtree_control");
    if (Files.exists(controllers)) {
      Files.writeString(controllers, "+pids");
    }
  }

  /**
   * Makes a group for one build or process of an app.
   *
   * @param most processes and threads in it; 0 is any number
   * @return empty where there is no limit, or none is possible
   */
  Optional<Path> make(int most) {
    if (parent.isEmpty() || most == 0) {
      return Optional.empty();
    }
    removeEmpty(parent.get());
    Path group = parent.get().resolve(ProcessHandle.current().pid() + "-" + made.incrementAndGet());
    try {
      Files.createDirectory(group);
      Files.writeString(group.resolve(LIMIT), Integer.toString(most));
      return Optional.of(group);
    } catch (IOException e) {
      LOG.warn("the number of processes is not limited: {} cannot be made", group, e);
      return Optional.empty();
    }
  }

  /** Those whose processes have all ended; the kernel refuses to remove others. */
  private static void removeEmpty(Path parent) {
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, Files::isDirectory)) {
      for (Path group : groups) {
        remove(group);
      }
    } catch (IOException e) {
      LOG.debug("the groups in {} cannot be listed", parent, e);
    }
  }

  private static void remove(Path group) {
    try {
      Files.deleteIfExists(group);
    } catch (IOException notYet) {
      LOG.debug("{} has processes still", group, notYet);
    }
  }

  /** Removes all whose processes have ended; what is left goes at the next start. */
  @Override
  public void close() {
    parent.ifPresent(all -> {
      removeEmpty(all);
      remove(all);
    });
  }
}
