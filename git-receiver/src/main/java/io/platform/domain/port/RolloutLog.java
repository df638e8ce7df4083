package io.platform.domain.port;

/** Where a runtime tells what it sees during a roll-out. */
@FunctionalInterface
public interface RolloutLog {
  /**
   * One thing that happened, in words, without indentation.
   *
   * @param key names the event: a repeat of the same key is told once
   */
  void event(String key, String text);
}
