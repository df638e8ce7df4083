package io.platform.cli.terminal;

/**
 * The terminal as a program that draws on it wants it: each key is read as it is pressed, Ctrl-C
 * too, and nothing is echoed. Closing it makes it as it was.
 */
public interface RawTerminal extends AutoCloseable {
  int columns();

  int rows();

  /** Calls the action when the size has changed. */
  void onResize(Runnable action);

  @Override
  void close();
}
