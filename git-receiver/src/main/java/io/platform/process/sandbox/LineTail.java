package io.platform.process.sandbox;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines that a process wrote. */
public final class LineTail {
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final int most;

  public LineTail(int most) {
    this.most = most;
  }

  public synchronized void add(String line) {
    if (lines.size() == most) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** Oldest first. */
  public synchronized List<String> get() {
    return List.copyOf(lines);
  }
}
