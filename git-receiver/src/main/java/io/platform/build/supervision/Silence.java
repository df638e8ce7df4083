package io.platform.build.supervision;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Measures how long a builder has written nothing. */
final class Silence {
  private final InstantSource clock;
  private long size = -1;
  private Instant since = Instant.MAX;
  private boolean reported;

  Silence(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether the log has not grown for so long, and that was not told yet. */
  boolean isReportDue(long logSize, Duration limit) {
    if (logSize != size) {
      size = logSize;
      since = clock.instant();
      reported = false;
    }
    if (reported || lasts().compareTo(limit) < 0) {
      return false;
    }
    reported = true;
    return true;
  }

  /** The log has grown by what the platform wrote of the silence. */
  void ownLine(long logSize) {
    size = logSize;
  }

  /** When it is to be told; never where it was, or nothing has been looked at. */
  Instant due(Duration limit) {
    return reported || size < 0 ? Instant.MAX : since.plus(limit);
  }

  boolean reported() {
    return reported;
  }

  Duration lasts() {
    return Duration.between(since, clock.instant());
  }
}
