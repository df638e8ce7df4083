package io.platform.build.intake;

import io.platform.buildlog.BuildLog;
import io.platform.storage.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits a limited time for an object store that does not answer, and tells the pusher once. */
final class StoreOutage {
  private static final Logger LOG = LoggerFactory.getLogger(StoreOutage.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Duration retryTime;
  private final InstantSource clock;
  private final BuildLog log;
  private Optional<Instant> began = Optional.empty();

  /**
   * An outage that has not begun.
   *
   * @param retryTime from the first failure to the last attempt
   */
  StoreOutage(Duration retryTime, InstantSource clock, BuildLog log) {
    this.retryTime = retryTime;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Pauses before another attempt.
   *
   * @throws StoreFailed where no other attempt is worth it
   */
  void await(StoreFailed failure) throws StoreFailed, InterruptedException {
    if (failure.full() || !StoreException.isUnavailable(failure)) {
      throw failure;
    }
    Instant now = clock.instant();
    if (began.isEmpty()) {
      began = Optional.of(now);
      LOG.warn("the object store does not answer: {}", String.valueOf(failure.getCause()));
      if (retryTime.isPositive()) {
        log.storeAway(retryTime);
      }
    }
    if (Duration.between(began.get(), now).compareTo(retryTime) >= 0) {
      throw failure;
    }
    Thread.sleep(PAUSE);
  }

  /** The store took the source. */
  void over() {
    if (began.isPresent()) {
      log.storeBack();
    }
  }
}
