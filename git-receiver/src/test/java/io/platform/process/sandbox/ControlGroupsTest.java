package io.platform.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.ProcessSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of control groups that are written, on a tree of plain files. */
class ControlGroupsTest {
  private static final ProcessSettings.Limits LIMITS =
      new ProcessSettings.Limits(0, 4096, 0)
          .withSize(new ProcessSize(Optional.of(512L << 20), Optional.of(1500)));

  @TempDir Path mounts;

  @Test
  void versionOneHasAGroupForEachController() throws Exception {
    file("memory/system/server/cgroup.procs", "");
    file("memory/cgroup.procs", "");
    file("cpu/cgroup.procs", "");
    ControlGroups groups =
        groups("4:memory:/system/server\n2:cpu,cpuacct:/in/another/view\n0::/\n");
    ControlGroup group = groups.make(LIMITS);
    Path memory = only(group, "memory/system/server/platform-test");
    assertThat(memory.resolve("memory.limit_in_bytes")).hasContent("536870912");
    Path cpu = only(group, "cpu/platform-test");
    assertThat(cpu.resolve("cpu.cfs_period_us")).hasContent("100000");
    assertThat(cpu.resolve("cpu.cfs_quota_us")).hasContent("150000");
    assertThat(group.directories()).hasSize(2);
    assertThat(groups.memoryProblem()).isEmpty();
    assertThat(groups.cpuProblem()).isEmpty();
  }

  @Test
  void versionTwoHasOneGroupInThatOfTheServer() throws Exception {
    delegated("a.service", "cpuset cpu io memory pids");
    ControlGroup group = groups("0::/a.service\n").make(LIMITS);
    Path directory = only(group, "a.service/platform-test");
    assertThat(group.directories()).containsExactly(directory);
    assertThat(directory.resolve("memory.max")).hasContent("536870912");
    assertThat(directory.resolve("cpu.max")).hasContent("150000 100000");
    assertThat(mounts.resolve("a.service/platform-test/cgroup.subtree_control")).exists();
  }

  @Test
  void theServersOwnGroupBelowTheDelegatedOneIsNoParent() throws Exception {
    delegated("a.service", "memory");
    ControlGroup group = groups("0::/a.service/platform-server\n").make(LIMITS);
    assertThat(group.directories()).isEmpty();
    Files.createDirectories(mounts.resolve("a.service/platform-server"));
    group = groups("0::/a.service/platform-server\n").make(LIMITS);
    only(group, "a.service/platform-test");
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    assertThat(groups("0::/\n").memoryProblem())
        .contains("this system has no control groups for memory");
    delegated("a.service", "memory pids");
    ControlGroups groups = groups("0::/a.service\n");
    assertThat(groups.memoryProblem()).isEmpty();
    assertThat(groups.cpuProblem())
        .contains(
            "the server's control group %s does not have the controller \"cpu\""
                .formatted(mounts.resolve("a.service")));
    assertThat(groups.make(LIMITS).directories()).hasSize(1);
  }

  @Test
  void nothingIsMadeWithoutALimit() throws Exception {
    file("memory/cgroup.procs", "");
    ControlGroups groups = groups("4:memory:/\n");
    assertThat(groups.make(new ProcessSettings.Limits(0, 4096, 0)).directories()).isEmpty();
    assertThat(mounts.resolve("memory/platform-test")).doesNotExist();
  }

  @Test
  void tellsWhatTheKernelKilledForItsMemory() throws Exception {
    file("memory/cgroup.procs", "");
    ControlGroup group = groups("4:memory:/\n").make(LIMITS);
    Path directory = group.directories().iterator().next();
    assertThat(group.ranOutOfMemory()).isFalse();
    Files.writeString(directory.resolve("memory.oom_control"), "under_oom 0\noom_kill 0\n");
    assertThat(group.ranOutOfMemory()).isFalse();
    Files.writeString(directory.resolve("memory.oom_control"), "under_oom 0\noom_kill 2\n");
    assertThat(group.ranOutOfMemory()).isTrue();
    Files.delete(directory.resolve("memory.oom_control"));
    Files.writeString(
        directory.resolve("memory.events"), "max 3\noom 1\noom_kill 1\noom_group_kill 0\n");
    assertThat(group.ranOutOfMemory()).isTrue();
  }

  private void delegated(String group, String controllers) throws IOException {
    file(group + "/cgroup.controllers", controllers + "\n");
    file(group + "/cgroup.subtree_control", "");
    file(group + "/cgroup.procs", "");
  }

  private void file(String path, String content) throws IOException {
    Path file = mounts.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private ControlGroups groups(String membership) throws IOException {
    file("membership", membership);
    return ControlGroups.in(mounts, mounts.resolve("membership"), "test");
  }

  private Path only(ControlGroup group, String parent) {
    assertThat(group.directories())
        .filteredOn(directory -> mounts.resolve(parent).equals(directory.getParent()))
        .hasSize(1);
    return group.directories().stream()
        .filter(directory -> mounts.resolve(parent).equals(directory.getParent()))
        .findFirst()
        .orElseThrow();
  }
}
