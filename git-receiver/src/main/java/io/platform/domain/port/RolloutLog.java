package io.platform.domain.port;

import io.platform.domain.RolloutNotice;

/** Takes the events of a roll-out from its runtime. */
@FunctionalInterface
public interface RolloutLog {
  /**
   * One thing that was seen.
   *
   * @param key names the event: a repeat of the same key is told once
   */
  void event(String key, RolloutNotice notice);
}
