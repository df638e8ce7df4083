package io.platform.process.sandbox;

/** Takes what a process writes; called from one thread. */
public interface OutputSink {
  /** A line without its end. */
  void line(String line);

  /** What came so far is all that there is for now. */
  default void pause() {}
}
