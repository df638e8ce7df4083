package io.platform.build.supervision;

import io.platform.build.BuildLifecycle;
import io.platform.build.SupervisorConfig;
import io.platform.buildlog.BuildLog;
import io.platform.buildlog.BuildLogAppender;
import io.platform.buildlog.BuildLogAppender.Source;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.Origin;
import io.platform.domain.PublicUrls;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Topic;
import io.platform.git.repository.Repositories;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the last writes of a build: updates or rejects the ref, completes the log and releases the
 * app's lock.
 */
public final class BuildFinisher {
  private final SupervisorConfig config;
  private final Stores stores;
  private final BuildLifecycle lifecycle;
  private final Repositories repositories;
  private final PublicUrls urls;

  /** Settles with these. */
  public BuildFinisher(
      SupervisorConfig config,
      Stores stores,
      BuildLifecycle lifecycle,
      Repositories repositories,
      PublicUrls urls) {
    this.config = config;
    this.stores = stores;
    this.lifecycle = lifecycle;
    this.repositories = repositories;
    this.urls = urls;
  }

  /** How a build ended, and what its log says last. */
  private record Verdict(Build.Outcome outcome, Consumer<BuildLog> event) {}

  /** Settles a build that has ended; waits for the roll-out of its release, where there is one. */
  void settle(Build ended) throws InterruptedException, IOException {
    if (ended.settled()) {
      // Another receiver took the push for abandoned while this one still stored it.
      repositories.unpin(app(ended), ended.id());
      return;
    }
    Verdict verdict =
        ended.status() == Build.Status.SUCCEEDED
            ? whenRolledOut(ended)
            : rejected(DeployFailureCause.of(ended));
    repositories.unpin(app(ended), ended.id());
    verdict.event().accept(BuildLogAppender.open(stores.log(), ended.id(), Source.RECEIVER));
    lifecycle.settle(ended, verdict.outcome());
  }

  private Verdict whenRolledOut(Build build) throws InterruptedException, IOException {
    ReleaseVersion version =
        build
            .release()
            .orElseThrow(
                () -> new IllegalStateException("build %s has no release".formatted(build.id())));
    while (true) {
      Signals.Ticket ticket = stores.signals().ticket(new Topic.BuildChanged(build.id()));
      App app = app(build);
      if (app.status() != App.Status.ACTIVE) {
        return rejected(new DeployFailureCause.AppDestroyed());
      }
      Release release =
          stores
              .releases()
              .find(app.id(), version)
              .orElseThrow(() ->
                  new IllegalStateException("%s %s has no row".formatted(app.path(), version)));
      switch (release.status()) {
        case LIVE -> {
          return moved(app, build, release);
        }
        case FAILED, SUPERSEDED -> {
          return rejected(DeployFailureCause.of(release, app.live()));
        }
        case PENDING -> ticket.await(config.lookEvery());
      }
    }
  }

  private Verdict moved(App app, Build build, Release release) throws IOException {
    Repositories.MoveResult result =
        switch (build.origin()) {
          case Origin.Push push -> repositories.move(app, push);
        };
    return switch (result) {
      case Repositories.MoveResult.Moved() ->
          new Verdict(Build.Outcome.ofDeployed(), log -> log.released(release, urls.app(app)));
      case Repositories.MoveResult.Conflict(var moved) -> rejected(moved);
    };
  }

  private Verdict rejected(DeployFailureCause why) {
    return new Verdict(Build.Outcome.rejected(why), log -> log.rejected(why));
  }

  private App app(Build build) {
    Optional<App> app = stores.apps().find(build.app());
    return app.orElseThrow(
        () -> new IllegalStateException("app %s has no row".formatted(build.app())));
  }
}
