package io.platform.git.push;

import java.time.Duration;

/** The deadline of a push. */
public final class PushDeadline {
  private final Duration whole;
  private final long begin = System.nanoTime();

  /** A deadline from now on. */
  public PushDeadline(Duration whole) {
    this.whole = whole;
  }

  /** Throws where the time is up. */
  public void check() throws PushTooLong {
    if (System.nanoTime() - begin >= whole.toNanos()) {
      throw new PushTooLong(whole);
    }
  }
}
