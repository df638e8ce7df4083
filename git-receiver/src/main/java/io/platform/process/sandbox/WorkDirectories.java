package io.platform.process.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and removes the directories of builds and apps, which only the server's user can enter.
 */
public final class WorkDirectories {
  private static final Logger LOG = LoggerFactory.getLogger(WorkDirectories.class);

  /**
   * What others wrote may be deeper than a path can say, and without permissions: rm and chmod cope
   * with both.
   */
  private static final String REMOVE =
      "rm -rf -- \"$1\" 2>/dev/null || { chmod -R u+rwx -- \"$1\"; rm -rf -- \"$1\"; } 2>&1 | head -n 1";

  private final ProcessLauncher launcher;

  public WorkDirectories(ProcessLauncher launcher) {
    this.launcher = launcher;
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

  /** Removes a directory and all in it; none is fine. What cannot be removed is told in the log. */
  public void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try {
      List<String> command = List.of("/bin/bash", "-c", REMOVE, "platform", directory.toString());
      Process process = launcher.start(command, Map.of());
      process.getOutputStream().close();
      process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      process.waitFor();
    } catch (IOException failed) {
      LOG.warn("removing {}", directory, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (Files.exists(directory)) {
      LOG.warn("{} could not be removed; remove it by hand", directory);
    }
  }
}
