package io.platform.process.app;

import io.platform.domain.ReleaseId;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RolloutLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The roll-out of a release: its events so far, and its end. Any number may follow it. */
final class ProcessRollout implements Rollout {
  private record Event(String key, RolloutNotice notice) {}

  private final ReleaseId release;
  private final List<Event> events = new ArrayList<>();
  private Optional<RolloutEnd> end = Optional.empty();

  ProcessRollout(ReleaseId release) {
    this.release = release;
  }

  /** One that has nothing to do. */
  static ProcessRollout live(ReleaseId release) {
    return ended(release, new RolloutEnd.Live());
  }

  static ProcessRollout ended(ReleaseId release, RolloutEnd how) {
    ProcessRollout rollout = new ProcessRollout(release);
    rollout.end(how);
    return rollout;
  }

  ReleaseId release() {
    return release;
  }

  boolean isOf(ReleaseId other) {
    return release.equals(other);
  }

  synchronized void event(String key, RolloutNotice notice) {
    if (end.isEmpty()) {
      events.add(new Event(key, notice));
      notifyAll();
    }
  }

  /** The first end counts. */
  synchronized void end(RolloutEnd how) {
    if (end.isEmpty()) {
      end = Optional.of(how);
      notifyAll();
    }
  }

  synchronized boolean isPending() {
    return end.isEmpty();
  }

  synchronized boolean failed() {
    return end.filter(RolloutEnd.Failed.class::isInstance).isPresent();
  }

  @Override
  public RolloutEnd await(RolloutLog log) throws InterruptedException {
    for (int read = 0; ; read++) {
      Optional<Event> event = next(read);
      if (event.isEmpty()) {
        synchronized (this) {
          return end.orElseThrow();
        }
      }
      log.event(event.get().key(), event.get().notice());
    }
  }

  private synchronized Optional<Event> next(int read) throws InterruptedException {
    while (events.size() <= read && end.isEmpty()) {
      wait();
    }
    return events.size() > read ? Optional.of(events.get(read)) : Optional.empty();
  }
}
