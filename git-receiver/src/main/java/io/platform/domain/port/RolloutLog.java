package io.platform.domain.port;

import io.platform.domain.RolloutNotice;

/** Where a runtime tells what it sees during a roll-out. */
@FunctionalInterface
public interface RolloutLog {
  /**
   * One thing that was seen.
   *
   * @param key names the event: a repeat of the same key is told once
   */
  void event(String key, RolloutNotice notice);
}
