package io.platform.process.app;

import io.platform.domain.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Measures a process and its child processes: resident memory, and CPU since the last call or, on
 * the first call, since the start. Read from /proc (proc_pid_status(5)) when it is asked for.
 */
final class ProcessUsage {
  /** Shorter times tell little: the kernel counts CPU in hundredths of a second. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final String RESIDENT = "VmRSS:";

  private record Sample(long root, Duration cpu, long at) {}

  private Optional<Sample> before = Optional.empty();
  private Optional<Double> share = Optional.empty();

  /** What they use; empty where the system does not tell. */
  synchronized ProcessState.Usage of(Set<ProcessHandle> processes) {
    return new ProcessState.Usage(memory(processes), cpu(processes));
  }

  private static Optional<Long> memory(Set<ProcessHandle> processes) {
    long kilobytes = 0;
    boolean known = false;
    for (ProcessHandle process : processes) {
      OptionalLong resident = resident(process.pid());
      known |= resident.isPresent();
      kilobytes += resident.orElse(0);
    }
    return known ? Optional.of(kilobytes << 10) : Optional.empty();
  }

  private static OptionalLong resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }

  /** A process that has ended takes its time with it, so that the sum can become less. */
  private Optional<Double> cpu(Set<ProcessHandle> processes) {
    Duration cpu =
        processes.stream()
            .flatMap(process -> process.info().totalCpuDuration().stream())
            .reduce(Duration.ZERO, Duration::plus);
    long root = processes.stream().mapToLong(ProcessHandle::pid).min().orElse(0);
    long now = System.nanoTime();
    if (before.isPresent() && before.get().root == root) {
      Duration time = Duration.ofNanos(now - before.get().at);
      if (time.compareTo(SHORTEST) < 0) {
        return share;
      }
      share = Optional.of(ratio(cpu.minus(before.get().cpu), time));
    } else {
      share = sinceStart(processes, cpu);
    }
    before = Optional.of(new Sample(root, cpu, now));
    return share;
  }

  private static Optional<Double> sinceStart(Set<ProcessHandle> processes, Duration cpu) {
    return processes.stream()
        .flatMap(process -> process.info().startInstant().stream())
        .min(Instant::compareTo)
        .map(start -> Duration.between(start, Instant.now()))
        .filter(time -> time.compareTo(SHORTEST) >= 0)
        .map(time -> ratio(cpu, time));
  }

  private static double ratio(Duration cpu, Duration time) {
    return Math.max(0, (double) cpu.toNanos() / time.toNanos());
  }
}
