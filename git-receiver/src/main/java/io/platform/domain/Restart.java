package io.platform.domain;

import java.time.Instant;

/**
 * Somebody asked for a restart: whatever of these processes started before that moment is to be
 * replaced by a new process of the same release.
 *
 * @param at in milliseconds
 */
public record Restart(ProcessSelector selector, Manner manner, Instant at) {
  /** How a process is replaced. */
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
