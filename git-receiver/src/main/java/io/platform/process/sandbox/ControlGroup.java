package io.platform.process.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control group of one build or process of an app; in version 1 there is one for each
 * controller.
 *
 * @param directories none where there is no limit
 */
record ControlGroup(Set<Path> directories) {
  private static final Logger LOG = LoggerFactory.getLogger(ControlGroup.class);
  private static final String KILLED = "oom_kill ";

  /** No limit. */
  static final ControlGroup NONE = new ControlGroup(Set.of());

  /** Copies the set. */
  ControlGroup {
    directories = Set.copyOf(directories);
  }

  /** Makes a group, or finds it, and sets limits of it. */
  static void make(Path directory, Map<String, String> files) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory);
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      boolean optional = file.getKey().startsWith(GroupController.OPTIONAL);
      Path path = directory.resolve(file.getKey().substring(optional ? 1 : 0));
      try {
        if (!optional || Files.exists(path)) {
          Files.writeString(path, file.getValue());
        }
      } catch (IOException e) {
        if (!optional) {
          throw e;
        }
        LOG.debug("{} cannot be written", path, e);
      }
    }
  }

  /** Whether the kernel has killed a process in it because it needed more memory than it may. */
  boolean ranOutOfMemory() {
    return directories.stream()
        .anyMatch(group ->
            hasKilled(group.resolve("memory.events"))
                || hasKilled(group.resolve("memory.oom_control")));
  }

  private static boolean hasKilled(Path file) {
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      return lines.stream().anyMatch(line -> line.startsWith(KILLED) && !line.equals(KILLED + "0"));
    } catch (IOException e) {
      LOG.debug("{} cannot be read", file, e);
      return false;
    }
  }

  /** Removes it, unless processes are still in it: whether it is gone. */
  boolean remove() {
    return directories.stream().filter(directory -> !remove(directory)).count() == 0;
  }

  static boolean remove(Path directory) {
    try {
      Files.deleteIfExists(directory);
      return true;
    } catch (IOException notYet) {
      LOG.debug("{} has processes still", directory, notYet);
      return false;
    }
  }
}
