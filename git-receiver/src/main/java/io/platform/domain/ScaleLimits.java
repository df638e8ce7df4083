package io.platform.domain;

/**
 * How far an app can be scaled.
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

  /** With another limit on the processes of a type. */
  public ScaleLimits withQuantity(int most) {
    return new ScaleLimits(most, leastMemory, mostMemory, leastMilliCpu, mostMilliCpu);
  }
}
