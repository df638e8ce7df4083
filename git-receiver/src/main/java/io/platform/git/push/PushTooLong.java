package io.platform.git.push;

import java.io.IOException;
import java.time.Duration;

/** A push took longer than it may. */
public final class PushTooLong extends IOException {
  private static final long serialVersionUID = 1L;
  private final Duration limit;

  PushTooLong(Duration limit) {
    super("the push took longer than %d s".formatted(limit.toSeconds()));
    this.limit = limit;
  }

  /** How long it may take. */
  public Duration limit() {
    return limit;
  }
}
