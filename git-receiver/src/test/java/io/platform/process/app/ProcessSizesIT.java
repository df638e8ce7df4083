package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.ExitDetail;
import io.platform.domain.Formation;
import io.platform.domain.ProcessSize;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.ProcessStates.SizeLimit;
import io.platform.domain.port.RunSpec;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ControlGroups;
import io.platform.process.sandbox.ProcessSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes with limits of their own on memory and CPU. */
class ProcessSizesIT {
  private static final ProcessSize SMALL =
      new ProcessSize(Optional.of(64L << 20), Optional.of(500));

  @TempDir Path data;
  @TempDir Path mounts;

  @Test
  void aProcessEntersTheGroupOfItsSizeAndAnotherSizeReplacesIt() throws Exception {
    try (OneMachine machine = plainFiles()) {
      RunSpec spec =
          OneMachine.with(
              machine.release("sized", OneMachine.node("\"here\"", "")),
              Formation.UNSCALED.withSize("web", SMALL),
              Restarts.NONE);
      assertThat(machine.rollOut(spec)).isEqualTo(new RolloutEnd.Live());
      Path first = groups().getFirst();
      assertThat(first.resolve("memory.limit_in_bytes")).hasContent("67108864");
      long entered = Long.parseLong(Files.readString(first.resolve("cgroup.procs")).trim());
      assertThat(ProcessHandle.of(entered)).isPresent();
      ProcessSize large = new ProcessSize(Optional.of(128L << 20), Optional.of(500));
      machine
          .processes
          .apps()
          .apply(OneMachine.with(spec, Formation.UNSCALED.withSize("web", large), Restarts.NONE));
      OneMachine.eventually(() -> ProcessHandle.of(entered).isEmpty());
      assertThat(groups().getLast().resolve("memory.limit_in_bytes")).hasContent("134217728");
      OneMachine.eventually(() -> machine.processes.states().of(spec.app()).size() == 1);
      assertThat(OneMachine.get(machine.traffic.awaitRoute("sized-team.localhost", 0)))
          .isEqualTo("here");
    }
  }

  @Test
  void whatTheKernelKilledForItsMemoryIsToldAsSuch() throws Exception {
    try (OneMachine machine = plainFiles()) {
      RunSpec spec =
          OneMachine.with(
              machine.release(
                  "hungry",
                  Map.of("worker", "while [ ! -e die ]; do sleep 0.02; done; kill -KILL $$")),
              Formation.UNSCALED.withQuantity("worker", 1).withSize("worker", SMALL),
              Restarts.NONE);
      assertThat(machine.rollOut(spec)).isEqualTo(new RolloutEnd.Live());
      // As the kernel does when it kills a process of the group.
      Files.writeString(groups().getFirst().resolve("memory.oom_control"), "oom_kill 1\n");
      Path directory = data.resolve("work/apps/team/hungry/v1-1/app");
      Files.createFile(directory.resolve("die"));
      OneMachine.eventually(() -> crash(machine, spec).isPresent());
      assertThat(crash(machine, spec))
          .contains(new ReleaseFailureCause.StartsAgain(137, new ExitDetail.OutOfMemory("64Mi")));
      machine.awaitAppLog(
          "hungry",
          log ->
              assertThat(log)
                  .contains(
                      "the process was killed: it needed more memory than the 64 MiB that it may have"));
    }
  }

  @Test
  void limitsTheCpuWhereThisMachineHasControlGroupsForIt() throws Exception {
    boolean possible;
    try (ControlGroups groups = ControlGroups.open("sizes")) {
      possible = groups.cpuProblem().isEmpty();
    }
    try (OneMachine machine = new OneMachine(data, settings())) {
      ProcessSize half = new ProcessSize(Optional.empty(), Optional.of(500));
      RunSpec spec =
          OneMachine.with(
              machine.release(
                  "slow",
                  OneMachine.node(
                      "require(\"fs\").readFileSync(\"/proc/self/cgroup\", \"utf8\")", "")),
              Formation.UNSCALED.withSize("web", half),
              Restarts.NONE);
      assertThat(machine.rollOut(spec)).isEqualTo(new RolloutEnd.Live());
      String membership = OneMachine.get(machine.traffic.awaitRoute("slow-team.localhost", 0));
      assertThat(membership.contains("/platform-")).isEqualTo(possible);
      assertThat(machine.processes.states().whyUnlimited(SizeLimit.CPU).isEmpty())
          .isEqualTo(possible);
    }
  }

  private Optional<ReleaseFailureCause> crash(OneMachine machine, RunSpec spec) {
    return machine.processes.states().of(spec.app()).stream()
        .flatMap(state -> state.reason().stream())
        .findFirst();
  }

  private OneMachine plainFiles() throws IOException {
    for (String controller : List.of("memory", "cpu")) {
      Files.createDirectories(mounts.resolve(controller));
      Files.createFile(mounts.resolve(controller).resolve("cgroup.procs"));
    }
    Path membership = Files.writeString(mounts.resolve("membership"), "2:memory:/\n1:cpu:/\n");
    return new OneMachine(data, settings(), owner -> ControlGroups.in(mounts, membership, owner));
  }

  private ProcessSettings settings() {
    return OneMachine.settings(data, ProcessSettings.Isolation.WHERE_POSSIBLE, ":");
  }

  /** The groups of processes, the oldest first. */
  private List<Path> groups() throws IOException {
    try (var found = Files.walk(mounts.resolve("memory"), 2)) {
      return found
          .filter(path -> path.getFileName().toString().matches("[0-9]+-[0-9]+"))
          .sorted()
          .toList();
    }
  }
}
