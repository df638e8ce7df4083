package io.platform.kubernetes;

import io.platform.domain.BuildId;
import io.platform.domain.port.BuilderEvent;
import io.platform.failure.ProgressMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Records the events that a watcher of builds was told. */
public final class SeenEvents {
  private final List<BuilderEvent> events = new ArrayList<>();

  public synchronized void add(BuilderEvent event) {
    events.add(event);
    notifyAll();
  }

  public synchronized List<BuilderEvent> of(BuildId build) {
    return events.stream().filter(event -> event.build().equals(build)).toList();
  }

  public synchronized List<String> notices(BuildId build) {
    return of(build).stream()
        .filter(BuilderEvent.Noticed.class::isInstance)
        .map(event -> ProgressMessages.of(((BuilderEvent.Noticed) event).notice()))
        .toList();
  }

  public BuilderEvent.Exited exit(BuildId build) throws InterruptedException {
    return (BuilderEvent.Exited) await(build, BuilderEvent.Exited.class::isInstance);
  }

  public BuilderEvent notice(BuildId build, String text) throws InterruptedException {
    return await(
        build,
        event ->
            event instanceof BuilderEvent.Noticed n
                && ProgressMessages.of(n.notice()).contains(text));
  }

  synchronized BuilderEvent await(BuildId build, Predicate<BuilderEvent> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + 90_000_000_000L;
    while (true) {
      for (BuilderEvent event : of(build)) {
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
