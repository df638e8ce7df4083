package io.platform.process.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits memory, CPU and the number of processes of builds and apps by control groups (cgroups(7),
 * version 1 or 2), where the system has them and lets the server make some. The number of processes
 * is limited so where the server runs as root: to root's processes the kernel applies no
 * RLIMIT_NPROC.
 */
public final class ControlGroups implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlGroups.class);

  private final Path mounts;
  private final Path membership;
  private final String name;
  private final boolean limitProcesses;
  private final Map<GroupController, Opened> opened = new EnumMap<>(GroupController.class);
  private final AtomicInteger made = new AtomicInteger();

  /** Groups that should go, and that the kernel has not let go yet. */
  private final Set<ControlGroup> leftOver = ConcurrentHashMap.newKeySet();

  /** One of both. */
  private record Opened(Optional<GroupParent> parent, Optional<String> problem) {}

  private ControlGroups(Path mounts, Path membership, String owner, boolean limitProcesses) {
    this.mounts = mounts;
    this.membership = membership;
    this.name = "platform-" + owner;
    this.limitProcesses = limitProcesses;
  }

  /**
   * The groups of a server.
   *
   * @param owner tells its groups from those of other servers
   */
  public static ControlGroups open(String owner) {
    return new ControlGroups(
        Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"), owner, isRoot());
  }

  /**
   * Those in another place than the system's.
   *
   * @param membership as /proc/PID/cgroup
   */
  public static ControlGroups in(Path mounts, Path membership, String owner) {
    return new ControlGroups(mounts, membership, owner, false);
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Whether the number of processes can be limited so. */
  boolean limitProcesses() {
    return limitProcesses && open(GroupController.PIDS).parent().isPresent();
  }

  /** Why the memory of a process cannot be limited, as a clause; empty where it can. */
  public Optional<String> memoryProblem() {
    return open(GroupController.MEMORY).problem();
  }

  /** Why the CPU time of a process cannot be limited, as a clause; empty where it can. */
  public Optional<String> cpuProblem() {
    return open(GroupController.CPU).problem();
  }

  /** Nothing is made before it is needed; what was found out once does not change. */
  private synchronized Opened open(GroupController controller) {
    return opened.computeIfAbsent(controller, this::find);
  }

  private Opened find(GroupController controller) {
    try {
      GroupParent parent = GroupParent.open(mounts, membership, controller, name);
      removeEmpty(parent.directory());
      return new Opened(Optional.of(parent), Optional.empty());
    } catch (GroupParent.Unusable e) {
      LOG.debug("no groups for {}", controller, e);
      return new Opened(Optional.empty(), Optional.of(e.why()));
    } catch (IOException e) {
      LOG.debug("no groups for {}", controller, e);
      return new Opened(
          Optional.empty(), Optional.of("the system's control groups cannot be used"));
    }
  }

  /** Makes the group of one build or process of an app, with those limits that are possible. */
  ControlGroup make(ProcessSettings.Limits limits) {
    leftOver.forEach(this::remove);
    Map<Path, Map<String, String>> groups = new LinkedHashMap<>();
    String own = ProcessHandle.current().pid() + "-" + made.incrementAndGet();
    for (GroupController controller : GroupController.values()) {
      if (isWanted(controller, limits)) {
        Opened known = open(controller);
        known
            .problem()
            .ifPresent(why -> LOG.debug("{} is not limited: {}", controller.kernelName(), why));
        known
            .parent()
            .ifPresent(parent ->
                groups
                    .computeIfAbsent(
                        parent.directory().resolve(own), directory -> new LinkedHashMap<>())
                    .putAll(controller.files(limits, parent.unified())));
      }
    }
    return make(groups);
  }

  private boolean isWanted(GroupController controller, ProcessSettings.Limits limits) {
    return !controller.files(limits, true).isEmpty()
        && (controller != GroupController.PIDS || limitProcesses);
  }

  private static ControlGroup make(Map<Path, Map<String, String>> groups) {
    ControlGroup made = new ControlGroup(groups.keySet());
    try {
      for (Map.Entry<Path, Map<String, String>> group : groups.entrySet()) {
        ControlGroup.make(group.getKey(), group.getValue());
      }
      return made;
    } catch (IOException e) {
      LOG.warn("a process is not limited: {} cannot be made", groups.keySet(), e);
      made.remove();
      return ControlGroup.NONE;
    }
  }

  /** Removes a group whose processes have all ended, now or later. */
  void remove(ControlGroup group) {
    if (group.remove()) {
      leftOver.remove(group);
    } else {
      leftOver.add(group);
    }
  }

  /** Those whose processes have all ended; the kernel refuses to remove others. */
  private static void removeEmpty(Path parent) {
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, Files::isDirectory)) {
      groups.forEach(ControlGroup::remove);
    } catch (IOException e) {
      LOG.debug("the groups in {} cannot be listed", parent, e);
    }
  }

  /** Removes all whose processes have ended; what is left goes at the next start. */
  @Override
  public synchronized void close() {
    opened.values().stream()
        .flatMap(it -> it.parent().stream())
        .map(GroupParent::directory)
        .forEach(parent -> {
          removeEmpty(parent);
          ControlGroup.remove(parent);
        });
  }
}
