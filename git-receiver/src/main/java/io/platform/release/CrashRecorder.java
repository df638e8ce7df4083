package io.platform.release;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.AppId;
import io.platform.domain.CrashLimits;
import io.platform.domain.CrashRule;
import io.platform.domain.ProcessCrash;
import io.platform.domain.ProcessName;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.Apps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Records crashes of live releases as events. Of a release that comes up, the end of its roll-out
 * tells. Used by one thread.
 */
final class CrashRecorder {
  private final Apps apps;
  private final AppEvents events;
  private final InstantSource clock;
  private final CrashLimits limits;
  private final Map<Crashing, CrashRule.Series> series = new HashMap<>();

  private record Crashing(AppId app, ReleaseVersion release, ProcessName name) {}

  CrashRecorder(Apps apps, AppEvents events, InstantSource clock, CrashLimits limits) {
    this.apps = apps;
    this.events = events;
    this.clock = clock;
    this.limits = limits;
  }

  /** A process crashed. */
  void record(ProcessCrash crash) {
    Optional<App> app = apps.find(crash.app());
    if (app.flatMap(App::live).filter(crash.release()::equals).isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    series.values().removeIf(known -> known.isOver(now, limits.calm()));
    Crashing process = new Crashing(crash.app(), crash.release(), crash.process());
    CrashRule.Series next = CrashRule.next(Optional.ofNullable(series.get(process)), now, limits);
    series.put(process, next);
    Optional<AppEvent> event = CrashRule.event(crash, next, limits);
    event.ifPresent(it -> events.record(crash.app(), Optional.empty(), it));
  }
}
