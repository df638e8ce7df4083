package io.platform.drain;

import java.io.IOException;
import java.time.Duration;

/** A receiver takes nothing for too long. */
final class DrainStalled extends IOException {
  private static final long serialVersionUID = 1L;

  DrainStalled(Duration limit) {
    super("it took nothing for %d s".formatted(limit.toSeconds()));
  }
}
