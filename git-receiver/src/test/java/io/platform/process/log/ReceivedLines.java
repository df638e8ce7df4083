package io.platform.process.log;

import io.platform.domain.LogLine;
import io.platform.domain.LogPosition;
import io.platform.domain.port.ProcessLogSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told; where lines are lost, it keeps {@code lost N}. */
final class ReceivedLines implements ProcessLogSink {
  private final List<String> texts = new ArrayList<>();
  private final List<LogLine> lines = new ArrayList<>();
  private final List<LogPosition> positions = new ArrayList<>();
  private long lost;

  @Override
  public synchronized void lines(List<LogLine> more) throws IOException {
    lines.addAll(more);
    for (LogLine line : more) {
      texts.add(line.text());
      positions.add(line.position());
    }
    notifyAll();
  }

  @Override
  public synchronized void lost(long count, LogPosition next) {
    texts.add("lost " + count);
    positions.add(next);
    lost += count;
    notifyAll();
  }

  @Override
  public void idle() {}

  synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  synchronized List<LogLine> lines() {
    return List.copyOf(lines);
  }

  synchronized LogPosition last() {
    return positions.getLast();
  }

  synchronized long countLost() {
    return lost;
  }

  synchronized void awaitText(String text) throws InterruptedException {
    while (!texts.contains(text)) {
      wait();
    }
  }
}
