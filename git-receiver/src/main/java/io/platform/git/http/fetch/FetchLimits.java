package io.platform.git.http.fetch;

import java.time.Duration;

/**
 * The limits of one fetch.
 *
 * @param requestBytes largest request, before and after decompression
 * @param wants most lines of a request that ask for an object
 * @param haves most lines of a request that name an object of the client
 * @param otherLines most lines of all other kinds together: shallow, deepen-not, filter, ref-prefix
 *     and capabilities
 * @param cpuTime most processor time that the answer to one request may take
 * @param concurrent how many fetches and advertisements are answered at once
 * @param perUser how many of them for one user
 * @param waiting how many more may wait for their turn
 * @param maxWait how long one waits for its turn
 * @param memoryBytes heap for all of them together
 * @param slowest bytes a second below which a client counts as one that does not read or send
 * @param window how long is waited for a client until that is looked at
 */
public record FetchLimits(
    int requestBytes,
    int wants,
    int haves,
    int otherLines,
    Duration cpuTime,
    int concurrent,
    int perUser,
    int waiting,
    Duration maxWait,
    long memoryBytes,
    int slowest,
    Duration window) {

  /** Limits that nothing can pass are mistakes. */
  public FetchLimits {
    if (requestBytes < 1
        || wants < 1
        || haves < 1
        || otherLines < 1
        || memoryBytes < 1
        || slowest < 1) {
      throw new IllegalArgumentException("a limit of a fetch is below 1");
    }
    if (concurrent < 1
        || perUser < 1
        || waiting < 1
        || !cpuTime.isPositive()
        || !maxWait.isPositive()
        || !window.isPositive()) {
      throw new IllegalArgumentException("fetches have no time or no threads");
    }
  }

  /**
   * Requests of 8 MiB with 10,000 wants, as many as a repository has refs, 100,000 haves and 5,000
   * other lines; 5 minutes of processor time; 16 fetches at once, 8 of one user, while 64 wait for
   * half a minute; a third of the heap; clients that read and send 1 KiB a second, over a minute.
   */
  public static FetchLimits defaults() {
    return new FetchLimits(
        8 * 1024 * 1024,
        10_000,
        100_000,
        5_000,
        Duration.ofMinutes(5),
        16,
        8,
        64,
        Duration.ofSeconds(30),
        Runtime.getRuntime().maxMemory() / 3,
        1024,
        Duration.ofMinutes(1));
  }

  /** These, with another processor time. */
  public FetchLimits withCpuTime(Duration other) {
    return new FetchLimits(
        requestBytes,
        wants,
        haves,
        otherLines,
        other,
        concurrent,
        perUser,
        waiting,
        maxWait,
        memoryBytes,
        slowest,
        window);
  }

  /** These, with other numbers of fetches at once. */
  public FetchLimits withTurns(int atOnce, int ofOneUser, int mostWaiting, Duration longestWait) {
    return new FetchLimits(
        requestBytes,
        wants,
        haves,
        otherLines,
        cpuTime,
        atOnce,
        ofOneUser,
        mostWaiting,
        longestWait,
        memoryBytes,
        slowest,
        window);
  }

  /** These, with another least rate of clients. */
  public FetchLimits withRate(int bytesPerSecond, Duration over) {
    return new FetchLimits(
        requestBytes,
        wants,
        haves,
        otherLines,
        cpuTime,
        concurrent,
        perUser,
        waiting,
        maxWait,
        memoryBytes,
        bytesPerSecond,
        over);
  }

  /** These, with another share of the heap. */
  public FetchLimits withMemory(long bytes) {
    return new FetchLimits(
        requestBytes,
        wants,
        haves,
        otherLines,
        cpuTime,
        concurrent,
        perUser,
        waiting,
        maxWait,
        bytes,
        slowest,
        window);
  }
}
