package io.platform.process;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines that a process wrote. */
final class LastLines {
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final int most;

  LastLines(int most) {
    this.most = most;
  }

  synchronized void add(String line) {
    if (lines.size() == most) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** Oldest first. */
  synchronized List<String> get() {
    return List.copyOf(lines);
  }
}
