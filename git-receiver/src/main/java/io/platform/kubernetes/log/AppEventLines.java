package io.platform.kubernetes.log;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.LogQuery;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessName;
import io.platform.domain.RecordedEvent;
import io.platform.domain.port.AppEvents;
import io.platform.failure.AppEventMessages;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The platform's lines in the log of an app: its events, in the order in which they happened. */
final class AppEventLines implements Backlog.Lines {
  private static final int PAGE = 200;

  /** Orders events before lines of pods of the same time; no pod has an empty name. */
  private static final String FROM = "";

  private final AppEvents events;
  private final App app;
  private final LogQuery query;
  private final Optional<Instant> since;
  private final Deque<RecordedEvent> page = new ArrayDeque<>();
  private long last;

  AppEventLines(AppEvents events, App app, LogQuery query, Optional<Instant> since) {
    this.events = events;
    this.app = app;
    this.query = query;
    this.since = since;
  }

  /** The next line of what there is; later events come with a later call. */
  @Override
  public Optional<StampedLine> next() {
    while (true) {
      if (page.isEmpty()) {
        List<RecordedEvent> more = events.since(app.id(), last, PAGE);
        if (more.isEmpty()) {
          return Optional.empty();
        }
        page.addAll(more);
        last = more.getLast().id();
      }
      RecordedEvent event = page.removeFirst();
      Optional<ProcessName> process = process(event.event());
      if (query.wants(LogSource.PLATFORM, process)
          && since.filter(event.at()::isBefore).isEmpty()) {
        return Optional.of(
            new StampedLine(event.at(), FROM, LogSource.PLATFORM, process, text(event)));
      }
    }
  }

  /** Passes over what there is; tells when the last of it happened. */
  Optional<Instant> skip() {
    Optional<Instant> at = Optional.empty();
    for (Optional<StampedLine> line = next(); line.isPresent(); line = next()) {
      at = Optional.of(line.get().at());
    }
    return at;
  }

  private static String text(RecordedEvent event) {
    String text = AppEventMessages.of(event.event());
    return event.by().map(user -> text + " by " + user).orElse(text);
  }

  private static Optional<ProcessName> process(AppEvent event) {
    return switch (event) {
      case AppEvent.Crashed crashed -> Optional.of(crashed.process());
      case AppEvent.CrashLooping looping -> Optional.of(looping.process());
      case AppEvent.OutOfMemory killed -> Optional.of(killed.process());
      default -> Optional.empty();
    };
  }

  @Override
  public void close() {}
}
