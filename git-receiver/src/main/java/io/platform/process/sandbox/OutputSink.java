package io.platform.process.sandbox;

/** Takes what a process writes; called from one thread. */
@FunctionalInterface
public interface OutputSink {
  /** A line without its end. */
  void line(String line);
}
