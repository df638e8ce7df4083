package io.platform.domain;

import java.util.Optional;

/**
 * The memory and CPU that a process may use.
 *
 * @param memory in bytes; empty for what the platform gives every process
 * @param milliCpu in thousandths of a CPU; empty likewise
 */
public record ProcessSize(Optional<Long> memory, Optional<Integer> milliCpu) {
  /** What the platform gives every process. */
  public static final ProcessSize STANDARD = new ProcessSize(Optional.empty(), Optional.empty());

  /** Refuses nothing at all. */
  public ProcessSize {
    if (memory.filter(bytes -> bytes <= 0).isPresent()
        || milliCpu.filter(cpu -> cpu <= 0).isPresent()) {
      throw new IllegalArgumentException("a process needs memory and CPU");
    }
  }
}
