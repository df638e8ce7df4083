package io.platform.kubernetes.log;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the log of a pod so far: of the container before the last start, then of the one now. */
final class PodBacklog implements Backlog.Lines {
  private final PodLog pod;
  private final Optional<Instant> since;
  private final OptionalInt tail;
  private boolean previous;
  private Optional<LogText> open = Optional.empty();
  private boolean ended;

  PodBacklog(PodLog pod, boolean wasRestarted, Optional<Instant> since, OptionalInt tail) {
    this.pod = pod;
    this.previous = wasRestarted;
    this.since = since;
    this.tail = tail;
  }

  @Override
  public Optional<StampedLine> next() throws IOException {
    while (!ended) {
      if (open.isEmpty()) {
        pod.cursor().begin();
        open = pod.read(previous, since, tail);
      }
      Optional<StampedLine> line = open.isEmpty() ? Optional.empty() : nextOf(open.get());
      if (line.isPresent()) {
        return line;
      }
      close();
      ended = !previous;
      previous = false;
    }
    return pod.end().filter(line -> since.filter(line.at()::isBefore).isEmpty());
  }

  private Optional<StampedLine> nextOf(LogText text) throws IOException {
    for (Optional<LogText.Line> line = text.next(); line.isPresent(); line = text.next()) {
      Instant at = line.get().at();
      if (pod.cursor().isNew(at) && since.filter(at::isBefore).isEmpty()) {
        return Optional.of(pod.line(line.get()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      open.get().close();
      open = Optional.empty();
    }
  }
}
