package io.platform.service;

import io.platform.domain.FormationChange.Refusal;
import io.platform.domain.ProcessSize;
import io.platform.domain.ScaleLimits;
import io.platform.domain.port.ProcessStates.SizeLimit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages for processes that cannot be scaled, restarted or stopped. */
final class ScaleMessages {
  private static final String[] UNITS = {"B", "K", "M", "G", "T"};

  private ScaleMessages() {}

  static String of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.UnknownType(String type, var types, var likely) ->
          unknownType(type, types, likely);
      case Refusal.ReleaseType() ->
          "release is a command of each release and no process that keeps running, so it cannot be scaled.";
      case Refusal.BelowZero(String type, int now, int difference) ->
          "%s runs %s, which cannot be %d fewer.".formatted(type, processes(now), -difference);
      case Refusal.QuantityOutOfRange(String type, long wanted, int most) ->
          "%s cannot have %d processes: choose a number from 0 to %d."
              .formatted(type, wanted, most);
      case Refusal.MemoryOutOfRange(String type, long wanted, long least, long most) ->
          "A process of %s cannot have %s of memory: choose from %s to %s."
              .formatted(type, bytes(wanted), bytes(least), bytes(most));
      case Refusal.CpuOutOfRange(String type, long wanted, int least, int most) ->
          "A process of %s cannot have %s CPU: choose from %s to %s."
              .formatted(type, cores(wanted), cores(least), cores(most));
    };
  }

  /** What is wrong with the size of a one-off process. */
  static List<String> ofOneOff(ProcessSize size, ScaleLimits limits) {
    List<String> errors = new ArrayList<>();
    size.memory()
        .filter(bytes -> bytes < limits.leastMemory() || bytes > limits.mostMemory())
        .ifPresent(bytes ->
            errors.add(
                "A one-off process cannot have %s of memory: choose from %s to %s."
                    .formatted(
                        bytes(bytes), bytes(limits.leastMemory()), bytes(limits.mostMemory()))));
    size.milliCpu()
        .filter(cpu -> cpu < limits.leastMilliCpu() || cpu > limits.mostMilliCpu())
        .ifPresent(cpu ->
            errors.add(
                "A one-off process cannot have %s CPU: choose from %s to %s."
                    .formatted(
                        cores(cpu), cores(limits.leastMilliCpu()), cores(limits.mostMilliCpu()))));
    return errors;
  }

  /** Why nothing can be restarted or stopped, of a type or at all. */
  static String nothingRuns(Optional<String> type) {
    return "No process of %s runs: %s. Start one with `platform ps scale %s=1`."
        .formatted(
            type.map(name -> "the type " + name).orElse("the app"),
            type.map(name -> name + " is scaled to 0").orElse("all types are scaled to 0"),
            type.orElse("TYPE"));
  }

  static String unlimited(SizeLimit limit, String why) {
    String what =
        switch (limit) {
          case MEMORY -> "memory";
          case CPU -> "CPU";
        };
    return ("This server cannot limit the %s of a process, so a size would have no effect: %s. Nothing was changed."
            + " The server's administrator finds in docs/sandbox.md what is needed.")
        .formatted(what, why);
  }

  /**
   * The app has no such type.
   *
   * @param types those that it has
   * @param likely the one that was probably meant
   */
  static String unknownType(String type, List<String> types, Optional<String> likely) {
    return types.isEmpty()
        ? "The app has no process type %s: nothing is released yet, or its release has no process that can run. Push the app first."
            .formatted(type)
        : "The app has no process type %s: it has %s.".formatted(type, String.join(", ", types))
            + likely.map(" Did you mean \"%s\"?"::formatted).orElse("");
  }

  static String processes(int count) {
    return count == 1 ? "1 process" : count + " processes";
  }

  /** Such as {@code 512M}, or in bytes where it is not that round. */
  static String bytes(long bytes) {
    long number = bytes;
    int unit = 0;
    while (number != 0 && number % 1024 == 0 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    return unit == 0 ? number + " bytes" : number + UNITS[unit];
  }

  private static String cores(long milliCpu) {
    return BigDecimal.valueOf(milliCpu, 3).stripTrailingZeros().toPlainString();
  }
}
