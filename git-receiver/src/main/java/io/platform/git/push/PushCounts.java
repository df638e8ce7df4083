package io.platform.git.push;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts pushes by how they ended, and the bytes that they brought, since the start. */
public final class PushCounts {
  private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);
  private final LongAdder received = new LongAdder();

  /** Starts at zero. */
  public PushCounts() {
    for (Outcome outcome : Outcome.values()) {
      ended.put(outcome, new LongAdder());
    }
  }

  /** How a push ended. */
  public enum Outcome {
    /** Each ref moved. */
    ACCEPTED,
    /** A ref was refused: by a rule or a limit, or since its build or release failed. */
    REJECTED,
    /** The server could not take it. */
    FAILED
  }

  /** A push has ended. */
  public void end(Outcome outcome) {
    adder(outcome).increment();
  }

  /** Bytes of a push came. */
  public void receive(int bytes) {
    received.add(bytes);
  }

  /** Pushes that ended so. */
  public long ended(Outcome outcome) {
    return adder(outcome).sum();
  }

  /** Bytes that came, as they were sent. */
  public long bytes() {
    return received.sum();
  }

  private LongAdder adder(Outcome outcome) {
    return ended.getOrDefault(outcome, new LongAdder());
  }
}
