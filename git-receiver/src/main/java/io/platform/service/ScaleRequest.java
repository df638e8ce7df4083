package io.platform.service;

import io.platform.domain.FormationChange;
import io.platform.domain.port.ProcessStates.SizeLimit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A user's request to scale a process type.
 *
 * @param malformed what could not be read of it, in sentences: told with all else that is wrong
 */
public record ScaleRequest(FormationChange change, List<String> malformed) {
  /** Copies the list. */
  public ScaleRequest {
    malformed = List.copyOf(malformed);
  }

  /** What of processes is to be limited. */
  Set<SizeLimit> sizeLimits() {
    Set<SizeLimit> limits = EnumSet.noneOf(SizeLimit.class);
    change
        .changes()
        .values()
        .forEach(one -> one.size().ifPresent(size -> limits.addAll(limits(size))));
    return limits;
  }

  private static Set<SizeLimit> limits(FormationChange.Size size) {
    Set<SizeLimit> limits = EnumSet.noneOf(SizeLimit.class);
    if (size instanceof FormationChange.Size.Limits(var memory, var milliCpu)) {
      memory.ifPresent(bytes -> limits.add(SizeLimit.MEMORY));
      milliCpu.ifPresent(cpu -> limits.add(SizeLimit.CPU));
    }
    return limits;
  }
}
