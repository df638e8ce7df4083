package io.platform.storage.bucket;

import java.time.Duration;

/**
 * The limits of requests to a store.
 *
 * @param connect to connect to it
 * @param firstByte from a request's last byte to the first of the answer
 * @param stall without a byte in either direction
 * @param attempts how often a request is tried that may be repeated, the first time included
 * @param mostPause the longest pause before another attempt; pauses begin at a tenth of a second,
 *     double, and are random below that
 * @param slowest bytes a second under which an upload counts as stalled
 * @param partSize bytes of one part of a large upload; as many are held in memory, {@code parallel}
 *     times and once more
 * @param parallel parts of one upload that are on their way at once, where the store can
 */
public record RequestLimits(
    Duration connect,
    Duration firstByte,
    Duration stall,
    int attempts,
    Duration mostPause,
    long slowest,
    int partSize,
    int parallel) {
  private static final int LEAST_PART = 5 * 1024 * 1024; // S3's own rule

  /** Checks the numbers. */
  public RequestLimits {
    if (attempts < 1 || parallel < 1 || slowest < 1 || partSize < LEAST_PART) {
      throw new IllegalArgumentException(
          "attempts, parallel and slowest are 1 at least, partSize is 5 MiB at least");
    }
  }

  /** For stores in the same data center or across the internet. */
  public static RequestLimits defaults() {
    return new RequestLimits(
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        5,
        Duration.ofSeconds(5),
        64 * 1024,
        8 * 1024 * 1024,
        2);
  }

  /** How long one attempt to send so many bytes may take. */
  public Duration attempt(long bytes) {
    return connect.plus(firstByte).plusSeconds(bytes / slowest);
  }

  /**
   * How long all attempts to send so many bytes may take, with the pauses that a store asks for:
   * what takes its whole time is tried twice.
   */
  public Duration all(long bytes) {
    return attempt(bytes).plus(mostPause).multipliedBy(Math.min(2, attempts));
  }

  /** How long a store may send nothing of an object, over all attempts to read it on. */
  Duration silence() {
    return all(0);
  }

  /** How long a request may take that nobody depends on any more. */
  public Duration brief() {
    return connect.multipliedBy(2);
  }
}
