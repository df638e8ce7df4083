package io.platform.domain;

import java.time.Instant;

/**
 * A requested restart: each of these processes that started before that time is replaced by a new
 * one of the same release.
 *
 * @param at in milliseconds
 */
public record Restart(ProcessSelector selector, Manner manner, Instant at) {
  /** The manners of replacing a process. */
  public enum Manner {
    /** The new one comes up first, where it is a web process; the app keeps answering. */
    ROLLING,
    /** It is stopped now, and then started again. */
    STOP
  }

  /** Whether a process that started then is to be replaced. */
  public boolean concerns(ProcessName process, Instant started) {
    return started.isBefore(at) && selector.matches(process);
  }
}
