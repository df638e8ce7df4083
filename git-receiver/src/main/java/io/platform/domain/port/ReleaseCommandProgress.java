package io.platform.domain.port;

import io.platform.domain.RolloutNotice;

/** Takes the progress of a release command from its runtime. Called by one thread at a time. */
public interface ReleaseCommandProgress {
  /** The command is about to start, or has just done so. From here on it is never started again. */
  void started();

  /**
   * One thing that was seen.
   *
   * @param key names the event: a repeat of the same key is told once
   */
  void event(String key, RolloutNotice notice);

  /**
   * The next line that the command wrote. One that is found again tells its lines from the first on
   * once more; they are kept once.
   */
  void output(String line);
}
