package io.platform.process.sandbox;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group of a server that holds those of its builds and apps, for one controller.
 *
 * <p>It is within the group that the server is in itself, whose limits what runs must not leave. In
 * version 2 a group with processes of its own has no groups with controllers below it: there the
 * server moves into a group of its own, which a systemd service with {@code Delegate=yes} may do
 * (systemd.io/CGROUP_DELEGATION).
 *
 * @param directory where groups can be made
 * @param unified whether they are of version 2
 */
record GroupParent(Path directory, boolean unified) {
  private static final Logger LOG = LoggerFactory.getLogger(GroupParent.class);

  /** The group of version 2 that the server moves into. */
  private static final String SERVER = "platform-server";

  /** Why no groups can be made; the message is a clause. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    private final String why;

    Unusable(String why) {
      super(why);
      this.why = why;
    }

    Unusable(String why, IOException cause) {
      super(why, cause);
      this.why = why;
    }

    /** For the operator. */
    String why() {
      return why;
    }
  }

  /**
   * Makes the group of a server, or finds it, and tries it.
   *
   * @param mounts where the system has its control groups
   * @param membership which groups the server is in, see /proc/PID/cgroup in cgroups(7)
   * @param name that of no other server's group
   */
  static GroupParent open(Path mounts, Path membership, GroupController controller, String name)
      throws IOException {
    List<String> own = Files.exists(membership) ? Files.readAllLines(membership) : List.of();
    Path first = mounts.resolve(controller.kernelName());
    GroupParent parent =
        Files.exists(first.resolve("cgroup.procs"))
            ? new GroupParent(within(first, own, controller.kernelName()).resolve(name), false)
            : new GroupParent(delegated(mounts, own, controller).resolve(name), true);
    parent.prepare(controller);
    return parent;
  }

  private void prepare(GroupController controller) throws IOException {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(directory);
      }
      if (unified) {
        enable(directory, controller);
      }
    } catch (IOException e) {
      throw new Unusable("no control group can be made in %s".formatted(directory.getParent()), e);
    }
    enterOne(Files.createDirectories(directory.resolve("tried")));
  }

  /** Groups can be there that no process may enter. */
  private static void enterOne(Path group) throws IOException {
    try {
      Process entering =
          new ProcessBuilder(
                  "/bin/sh", "-c", "echo $$ >\"$1/cgroup.procs\"", "sh", group.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (entering.waitFor() != 0) {
        throw new Unusable("no process can enter the control group %s".formatted(group));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a group was tried");
    } finally {
      ControlGroup.remove(group);
    }
  }

  /** The server's own group. In a container, the system may show it as the topmost one. */
  private static Path within(Path mount, List<String> own, String controller) {
    Path group = path(own, controller).map(path -> mount.resolve(path)).orElse(mount);
    return Files.isDirectory(group) ? group : mount;
  }

  /** Of a line such as {@code 2:cpu,cpuacct:/a/b}; that of version 2 names no controller. */
  private static Optional<String> path(List<String> own, String controller) {
    return own.stream()
        .map(line -> line.split(":", 3))
        .filter(fields -> fields.length == 3)
        .filter(fields -> Arrays.asList(fields[1].split(",", -1)).contains(controller))
        .map(fields -> fields[2].replaceFirst("^/+", ""))
        .findFirst();
  }

  /** The server's group of version 2, which then has the controller for groups below it. */
  private static Path delegated(Path mounts, List<String> own, GroupController controller)
      throws IOException {
    String wanted = controller.kernelName();
    Path inner = within(mounts, own, "");
    Path group = inner.endsWith(SERVER) ? requireNonNull(inner.getParent()) : inner;
    Path controllers = group.resolve("cgroup.controllers");
    if (!Files.exists(controllers)) {
      throw new Unusable("this system has no control groups for " + wanted);
    }
    if (!words(controllers).contains(wanted)) {
      throw new Unusable(
          "the server's control group %s does not have the controller \"%s\""
              .formatted(group, wanted));
    }
    if (!words(group.resolve("cgroup.subtree_control")).contains(wanted)) {
      delegate(group, controller);
    }
    return group;
  }

  private static void delegate(Path group, GroupController controller) throws IOException {
    if (isEnabled(group, controller)) {
      return;
    }
    try {
      moveInto(group, group.resolve(SERVER));
      enable(group, controller);
    } catch (Unusable e) {
      throw e;
    } catch (IOException e) {
      throw new Unusable("the server may not change its control group " + group, e);
    }
  }

  /** Fails where the group has processes of its own. */
  private static boolean isEnabled(Path group, GroupController controller) {
    try {
      enable(group, controller);
      return true;
    } catch (IOException e) {
      LOG.debug("{} cannot be enabled below {} yet", controller.kernelName(), group, e);
      return false;
    }
  }

  private static void moveInto(Path group, Path server) throws IOException {
    List<String> processes = Files.readAllLines(group.resolve("cgroup.procs"));
    if (!processes.stream().allMatch(GroupParent::isOurs)) {
      throw new Unusable(
          "other programs are in the server's control group %s, too".formatted(group));
    }
    if (!Files.isDirectory(server)) {
      Files.createDirectory(server);
    }
    for (String process : processes) {
      Files.writeString(server.resolve("cgroup.procs"), process);
    }
  }

  private static boolean isOurs(String pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
    while (process.isPresent() && !process.get().equals(ProcessHandle.current())) {
      process = process.get().parent();
    }
    return process.isPresent();
  }

  /** In version 2, a group says which controllers the groups in it have. */
  private static void enable(Path group, GroupController controller) throws IOException {
    Files.writeString(group.resolve("cgroup.subtree_control"), "+" + controller.kernelName());
  }

  private static List<String> words(Path file) throws IOException {
    return List.of(Files.readString(file).trim().split("\\s+", -1));
  }
}
