package io.platform.build.supervision;

import io.platform.build.BuildLifecycle;
import io.platform.buildlog.BuildLog;
import io.platform.buildlog.BuildLogAppender;
import io.platform.buildlog.BuildLogAppender.Source;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildStatus;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.DeployFailureRule;
import io.platform.domain.Origin;
import io.platform.domain.PublicUrls;
import io.platform.domain.Release;
import io.platform.domain.port.BuildLogs;
import io.platform.git.repository.Repositories;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Makes the last writes of a build: updates or rejects the ref, completes the log and releases the
 * app's lock.
 */
public final class BuildFinisher {
  private final RolloutWatch rollouts;
  private final BuildLogs logs;
  private final BuildLifecycle lifecycle;
  private final Repositories repositories;
  private final PublicUrls urls;

  /** Settles with these. */
  public BuildFinisher(
      RolloutWatch rollouts,
      BuildLogs logs,
      BuildLifecycle lifecycle,
      Repositories repositories,
      PublicUrls urls) {
    this.rollouts = rollouts;
    this.logs = logs;
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
      repositories.unpin(rollouts.app(ended), ended.id());
      return;
    }
    Verdict verdict =
        ended.status() == BuildStatus.SUCCEEDED
            ? whenRolledOut(ended)
            : rejected(DeployFailureRule.of(ended));
    repositories.unpin(rollouts.app(ended), ended.id());
    verdict.event().accept(BuildLogAppender.open(logs, ended.id(), Source.RECEIVER));
    lifecycle.settle(ended, verdict.outcome());
  }

  private Verdict whenRolledOut(Build build) throws InterruptedException, IOException {
    return switch (rollouts.await(build)) {
      case RolloutWatch.Result.Live(App app, Release release) -> moved(app, build, release);
      case RolloutWatch.Result.NotLive(DeployFailureCause why) -> rejected(why);
    };
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
}
