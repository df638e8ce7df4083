package io.platform.slug.http;

import io.platform.slug.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * Longer and longer pauses between attempts, up to a moment at which to give up. A part of each is
 * random, so that those who failed together do not come back together.
 */
public final class Backoff {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Instant giveUp;
  private final Random random = new Random();
  private Duration next = Duration.ofMillis(100);

  public Backoff(Instant giveUp) {
    this.giveUp = giveUp;
  }

  /** Pauses; false, at once, if there is no time left for another attempt. */
  public boolean pause() throws InterruptedException {
    if (SteadyClock.now().plus(next).isAfter(giveUp)) {
      return false;
    }
    Thread.sleep(next.dividedBy(2).plusMillis(random.nextLong(next.toMillis() / 2 + 1)));
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return true;
  }
}
