package io.platform.slug;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of day at which this process began, and what has passed since then by a clock that
 * nobody can set. For waits and deadlines within one process, which must not end early or never
 * when the machine's clock is set. What is stored, shown or compared with others' times is told by
 * the system's clock.
 */
public final class SteadyClock implements InstantSource {
  private static final SteadyClock SYSTEM = new SteadyClock();

  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  private SteadyClock() {}

  /** The one of this process. */
  public static SteadyClock system() {
    return SYSTEM;
  }

  /** What it shows now. */
  public static Instant now() {
    return SYSTEM.instant();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
