package io.platform.domain;

/**
 * The limits to which an app can be scaled.
 *
 * @param quantity the most processes of a type
 * @param leastMemory the fewest bytes that a process may be given
 * @param mostMemory the most bytes
 * @param leastMilliCpu the least CPU that a process may be given, in thousandths of a core
 * @param mostMilliCpu the most CPU, likewise
 */
public record ScaleLimits(
    int quantity, long leastMemory, long mostMemory, int leastMilliCpu, int mostMilliCpu) {
  /** 100 processes of a type, each with 16 MiB to 1 TiB of memory and 0.01 to 128 cores. */
  public static ScaleLimits defaults() {
    return new ScaleLimits(100, 16L << 20, 1L << 40, 10, 128_000);
  }

  /** Refuses limits that leave nothing to choose. */
  public ScaleLimits {
    if (quantity < 1 || leastMemory > mostMemory || leastMilliCpu > mostMilliCpu) {
      throw new IllegalArgumentException(
          "scale limits: %d processes, up to %d bytes of memory and %d thousandths of a core (at least 1, %d and %d)"
              .formatted(quantity, mostMemory, mostMilliCpu, leastMemory, leastMilliCpu));
    }
  }

  /** With other limits on what may be asked for at most. */
  public ScaleLimits withMost(int most, long memory, int milliCpu) {
    return new ScaleLimits(most, leastMemory, memory, leastMilliCpu, milliCpu);
  }

  /** With another limit on the processes of a type. */
  public ScaleLimits withQuantity(int most) {
    return new ScaleLimits(most, leastMemory, mostMemory, leastMilliCpu, mostMilliCpu);
  }
}
