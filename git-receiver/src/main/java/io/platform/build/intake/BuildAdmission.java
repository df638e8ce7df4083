package io.platform.build.intake;

import io.platform.build.recovery.LeaseRenewer;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.Origin;
import io.platform.domain.Source;
import io.platform.domain.port.Builds.BuildInProgress;
import io.platform.domain.port.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Opens and accepts builds in the name of this receiver, and keeps their leases in between. */
public final class BuildAdmission {
  private final Stores stores;
  private final LeaseRenewer leases;
  private final Duration buildTime;
  private final Clock clock;

  /**
   * Admits builds to these stores.
   *
   * @param buildTime from acceptance to the build's deadline
   */
  public BuildAdmission(Stores stores, LeaseRenewer leases, Duration buildTime, Clock clock) {
    this.stores = stores;
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
        new InterruptedPushWait(stores, leases.holder(), leases.noticedWithin(), waiting);
    while (true) {
      try {
        return stores.builds().open(app.id(), origin, leases.holder());
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
    stores.builds().accept(build, source, clock.instant().plus(buildTime));
  }
}
