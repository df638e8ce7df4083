package io.platform.process;

/** Takes what a process writes; called from one thread. */
interface Output {
  /** A line without its end. */
  void line(String line);

  /** What came so far is all that there is for now. */
  default void pause() {}
}
