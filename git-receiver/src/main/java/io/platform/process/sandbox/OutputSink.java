package io.platform.process.sandbox;

/** Takes what a process writes; called from one thread. */
@FunctionalInterface
public interface OutputSink {
  /** A line without its end. */
  void line(String line);

  /** Whether lines come with all their control characters, and not as people may read them. */
  default boolean raw() {
    return false;
  }
}
