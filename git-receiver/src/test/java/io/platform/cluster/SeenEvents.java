package io.platform.cluster;

import io.platform.app.BuildId;
import io.platform.app.RunnerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a watcher of builds was told. */
final class SeenEvents {
  private final List<RunnerEvent> events = new ArrayList<>();

  synchronized void add(RunnerEvent event) {
    events.add(event);
    notifyAll();
  }

  synchronized List<RunnerEvent> of(BuildId build) {
    return events.stream().filter(event -> event.build().equals(build)).toList();
  }

  synchronized List<String> notices(BuildId build) {
    return of(build).stream()
        .filter(RunnerEvent.Noticed.class::isInstance)
        .map(event -> ((RunnerEvent.Noticed) event).text())
        .toList();
  }

  RunnerEvent.Exited exit(BuildId build) throws InterruptedException {
    return (RunnerEvent.Exited) await(build, RunnerEvent.Exited.class::isInstance);
  }

  RunnerEvent notice(BuildId build, String text) throws InterruptedException {
    return await(build, event -> event instanceof RunnerEvent.Noticed n && n.text().contains(text));
  }

  synchronized RunnerEvent await(BuildId build, Predicate<RunnerEvent> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + 90_000_000_000L;
    while (true) {
      for (RunnerEvent event : of(build)) {
        if (wanted.test(event)) {
          return event;
        }
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("not told; told was " + of(build));
      }
      wait(left);
    }
  }
}
