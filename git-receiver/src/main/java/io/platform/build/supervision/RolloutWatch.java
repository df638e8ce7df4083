package io.platform.build.supervision;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.DeployFailureRule;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.time.Duration;
import java.util.Optional;

/** Waits for the end of the roll-outs of builds' releases, which are written by the deployer. */
public final class RolloutWatch {
  private final Apps apps;
  private final Releases releases;
  private final Signals signals;
  private final Duration lookEvery;

  /** The end of a roll-out. */
  sealed interface Result {
    /** The release is live. */
    record Live(App app, Release release) implements Result {}

    /** It is not, and will not be. */
    record NotLive(DeployFailureCause why) implements Result {}
  }

  /**
   * In these stores.
   *
   * @param lookEvery how often they are read without a signal
   */
  public RolloutWatch(Apps apps, Releases releases, Signals signals, Duration lookEvery) {
    this.apps = apps;
    this.releases = releases;
    this.signals = signals;
    this.lookEvery = lookEvery;
  }

  /** Waits until the release of a build is live, or is given up. */
  Result await(Build build) throws InterruptedException {
    ReleaseVersion version =
        build
            .release()
            .orElseThrow(
                () -> new IllegalStateException("build %s has no release".formatted(build.id())));
    while (true) {
      Signals.Ticket ticket = signals.ticket(new Topic.BuildChanged(build.id()));
      App app = app(build);
      if (app.status() != App.Status.ACTIVE) {
        return new Result.NotLive(new DeployFailureCause.AppDestroyed());
      }
      Release release =
          releases
              .find(app.id(), version)
              .orElseThrow(() ->
                  new IllegalStateException("%s %s has no row".formatted(app.path(), version)));
      switch (release.status()) {
        case LIVE -> {
          return new Result.Live(app, release);
        }
        case FAILED, SUPERSEDED -> {
          return new Result.NotLive(DeployFailureRule.of(release, app.live()));
        }
        case PENDING -> ticket.await(lookEvery);
      }
    }
  }

  /** The app of a build, as it is now. */
  App app(Build build) {
    Optional<App> app = apps.find(build.app());
    return app.orElseThrow(
        () -> new IllegalStateException("app %s has no row".formatted(build.app())));
  }
}
