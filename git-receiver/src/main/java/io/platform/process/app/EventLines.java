package io.platform.process.app;

import io.platform.domain.AppEvent;
import io.platform.domain.AppEventKind;
import io.platform.domain.AppId;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import io.platform.domain.RecordedEvent;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Topic;
import io.platform.failure.AppEventMessages;
import io.platform.process.log.AppLog;
import io.platform.process.log.AppLogs;
import io.platform.signal.EventDispatcher;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of apps into their logs, each once: the log knows which event it has last, so
 * that a server that was killed goes on there. Crashes are not among them: the log has each
 * already, with the time of the next start.
 */
final class EventLines implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(EventLines.class);
  private static final int BATCH = 100;
  private static final Set<AppEventKind> LOGGED_OTHERWISE =
      EnumSet.of(AppEventKind.CRASHED, AppEventKind.OUT_OF_MEMORY);

  private final AppLogs logs;
  private final AppEvents events;
  private final Map<AppId, Long> written = new ConcurrentHashMap<>();
  private final EventDispatcher<AppId> changed = new EventDispatcher<>("events into logs");
  private final Subscription subscription;
  private final Subscription copies;

  /** Begins at once. */
  EventLines(AppLogs logs, AppEvents events, Signals signals) {
    this.logs = logs;
    this.events = events;
    this.copies = changed.add(this::copy, List.of());
    this.subscription = signals.listen(this::onSignal);
  }

  private void onSignal(Topic topic) {
    if (topic instanceof Topic.AppChanged(AppId app)) {
      changed.dispatch(app);
    } else if (topic instanceof Topic.Anything) {
      written.keySet().forEach(changed::dispatch);
    }
  }

  private void copy(AppId app) {
    try {
      if (events.list(app, Optional.empty(), 1).isEmpty()) {
        written.remove(app); // it has gone, or nothing has happened to it
        return;
      }
      long last = written.computeIfAbsent(app, id -> logs.of(id).lastEvent());
      List<RecordedEvent> more = events.since(app, last, BATCH);
      while (!more.isEmpty()) {
        more.forEach(event -> write(logs.of(app), event));
        last = more.getLast().id();
        written.put(app, last);
        more = events.since(app, last, BATCH);
      }
    } catch (RuntimeException e) {
      LOG.warn("events of app {} are not in its log yet; the next change tries again", app, e);
    }
  }

  private static void write(AppLog log, RecordedEvent event) {
    if (!LOGGED_OTHERWISE.contains(event.event().kind())) {
      String text = AppEventMessages.of(event.event());
      log.addEvent(
          event.id(),
          process(event.event()),
          event.by().map(user -> text + " by " + user).orElse(text));
    }
  }

  private static Optional<ProcessName> process(AppEvent event) {
    return switch (event) {
      case AppEvent.Restarted(ProcessSelector.One(var name)) -> Optional.of(name);
      case AppEvent.Stopped(ProcessSelector.One(var name)) -> Optional.of(name);
      case AppEvent.CrashLooping looping -> Optional.of(looping.process());
      default -> Optional.empty();
    };
  }

  @Override
  public void close() {
    subscription.close();
    copies.close();
  }
}
