package io.platform.proxy;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Counts the answers to requests for apps, by class of status, since the start. */
public final class ResponseCounts {
  /** The classes, as the first digit of their status; the first stands for no answer at all. */
  public static final int CLASSES = 6;

  private final List<LongAdder> counts =
      IntStream.range(0, CLASSES).mapToObj(i -> new LongAdder()).toList();

  void add(int status) {
    int first = status / 100;
    counts.get(first >= 1 && first < CLASSES ? first : 0).increment();
  }

  /**
   * Answers of one class.
   *
   * @param first the first digit of their status; 0 where the client left before there was one
   */
  public long of(int first) {
    return counts.get(first).sum();
  }
}
