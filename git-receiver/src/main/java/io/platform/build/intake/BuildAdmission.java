package io.platform.build.intake;

import io.platform.build.recovery.LeaseRenewer;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.Origin;
import io.platform.domain.Source;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Builds.BuildInProgress;
import io.platform.domain.port.Signals;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Opens and accepts builds in the name of this receiver, and keeps their leases in between. */
public final class BuildAdmission {
  private final Builds builds;
  private final Signals signals;
  private final LeaseRenewer leases;
  private final Duration buildTime;
  private final Clock clock;

  /**
   * Admits builds to this store.
   *
   * @param buildTime from acceptance to the build's deadline
   */
  public BuildAdmission(
      Builds builds, Signals signals, LeaseRenewer leases, Duration buildTime, Clock clock) {
    this.builds = builds;
    this.signals = signals;
    this.leases = leases;
    this.buildTime = buildTime;
    this.clock = clock;
  }

  /** By when a push is ended whose receiver died, at the latest. */
  Duration abandonedAfter() {
    return leases.noticedWithin();
  }

  /**
   * Opens a build. Where the receiver of another push to the app may have died, it waits until that
   * push is ended.
   *
   * @param waiting told once if it waits, with the longest time
   * @throws BuildInProgress where the app has a build that goes on
   */
  Build open(App app, Origin origin, Consumer<Duration> waiting) throws BuildInProgress {
    InterruptedPushWait wait =
        new InterruptedPushWait(builds, signals, leases.holder(), leases.noticedWithin(), waiting);
    while (true) {
      try {
        return builds.open(app.id(), origin, leases.holder());
      } catch (BuildInProgress e) {
        if (!wait.awaitEnd(e.running())) {
          throw e;
        }
      }
    }
  }

  LeaseRenewer.Renewal keep(BuildId build) {
    return leases.keep(build);
  }

  void accept(BuildId build, Source source) {
    builds.accept(build, source, clock.instant().plus(buildTime));
  }
}
