package io.platform.api;

import io.platform.domain.port.LogSink;
import java.io.IOException;
import java.time.Duration;

/**
 * Checks at intervals whether a follower may still see the log, so that a logout or a removed role
 * ends it.
 */
final class CheckedSink implements LogSink {
  private static final long EVERY = Duration.ofSeconds(5).toNanos();

  private final LogSink sink;
  private final Runnable check;
  private long checked = System.nanoTime();

  /**
   * Hands on to a sink.
   *
   * @param check throws where the follower may see no more
   */
  CheckedSink(LogSink sink, Runnable check) {
    this.sink = sink;
    this.check = check;
  }

  @Override
  public void text(byte[] text, long next) throws IOException {
    checkInTime();
    sink.text(text, next);
  }

  @Override
  public void idle() throws IOException {
    checkInTime();
    sink.idle();
  }

  private void checkInTime() {
    if (System.nanoTime() - checked >= EVERY) {
      check.run();
      checked = System.nanoTime();
    }
  }
}
