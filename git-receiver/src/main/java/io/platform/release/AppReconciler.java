package io.platform.release;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.DesiredState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Releases;
import io.platform.failure.FailureMessages;
import io.platform.slug.SteadyClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one app to its desired state: read it, apply it, await the roll-out, record its end. It
 * keeps nothing that the next process could not find out again. Used by one thread.
 */
final class AppReconciler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AppReconciler.class);

  private final ReleaseConfig config;
  private final Apps apps;
  private final Releases releases;
  private final AppRollouts rollouts;
  private final AppId id;
  private final Runnable ended;
  private final ReconcileBackoff backoff;
  private final ReleasePhase phase;
  private final AtomicBoolean disturbed = new AtomicBoolean();
  private Optional<RolloutAttempt> current = Optional.empty();
  private Optional<DesiredProcesses> up = Optional.empty();

  /** When to look again at the scripts of a release that has the traffic, where they run. */
  private Optional<Duration> scripts = Optional.empty();

  /** The next step after a look at an app. */
  sealed interface Next {
    /** Look again after this time, or earlier where something changes. */
    record LookAgain(Duration within) implements Next {}

    /** There is nothing to look after any more. */
    record Gone() implements Next {}
  }

  /**
   * A reconciler of one app.
   *
   * @param ended called, on any thread, when a look has something new to see
   */
  AppReconciler(
      ReleaseConfig config,
      Apps apps,
      Releases releases,
      AppRollouts rollouts,
      AppId id,
      Runnable ended) {
    this.config = config;
    this.apps = apps;
    this.releases = releases;
    this.rollouts = rollouts;
    this.id = id;
    this.ended = ended;
    this.phase = new ReleasePhase(config, releases, rollouts, ended);
    this.backoff = new ReconcileBackoff(config, SteadyClock.system());
  }

  /** What runs may not be what was applied: looked at soon. On any thread. */
  void disturbed() {
    disturbed.set(true);
  }

  /** Does what is to be done now. */
  Next look() throws InterruptedException {
    Optional<App> app = apps.find(id);
    if (app.isEmpty()) {
      return new Next.Gone();
    }
    return switch (app.get().status()) {
      case ACTIVE -> bringUp();
      case DESTROYING -> takeDown(app.get());
      case STOPPED -> new Next.Gone();
    };
  }

  private Next bringUp() throws InterruptedException {
    finishWhatEnded();
    if (disturbed.getAndSet(false)) {
      backoff.disturbed();
    }
    DesiredState desiredState = releases.desiredState(id);
    if (desiredState.desired().isEmpty()) {
      return new Next.LookAgain(config.lookEvery());
    }
    Release desired = desiredState.desired().get();
    DesiredProcesses processes = DesiredProcesses.of(desiredState.app(), desired);
    if (current.filter(rollout -> rollout.isOf(desired)).isEmpty()) {
      switch (phase.beforeTraffic(rollouts.spec(desiredState.app(), desired))) {
        case ReleasePhase.State.Passed() -> beginWhereDue(desiredState.app(), desired, processes);
        case ReleasePhase.State.Waiting(Duration within) -> {
          return new Next.LookAgain(within);
        }
        case ReleasePhase.State.Failed(var cause) -> rejected(desired, cause);
      }
    }
    return new Next.LookAgain(scripts.or(backoff::untilNext).orElse(config.lookEvery()));
  }

  /** What is up already is looked at from time to time only, and what failed waits a little. */
  private boolean isDue(DesiredProcesses processes) {
    boolean known = up.filter(processes::equals).isPresent();
    return known ? backoff.lookIsDue() : backoff.attemptIsDue(processes);
  }

  /** It cannot go live, and what runs goes on. */
  private void rejected(Release release, ReleaseFailureCause cause) {
    releases.rolledOut(id, release.version(), new RolloutEnd.Failed(cause, List.of()));
    LOG.info("{} {} was not rolled out: {}", id, release.version(), FailureMessages.of(cause));
  }

  private void beginWhereDue(App app, Release desired, DesiredProcesses processes) {
    if (isDue(processes)) {
      begin(app, desired, processes);
    }
  }

  private void begin(App app, Release desired, DesiredProcesses processes) {
    backoff.attempt(processes);
    RolloutAttempt next = rollouts.attempt(rollouts.spec(app, desired));
    try {
      next.begin(ended);
    } catch (RuntimeException e) {
      broken(next, e);
      return;
    }
    current.ifPresent(this::superseded);
    current = Optional.of(next);
  }

  private void broken(RolloutAttempt rollout, Throwable cause) {
    LOG.warn("the roll-out of {} {} broke off; it is tried again", id, rollout.version(), cause);
    backoff.failed();
    giveUpWhenTooLong(rollout);
  }

  private void superseded(RolloutAttempt rollout) {
    if (rollout.pending()) {
      releases.rolledOut(id, rollout.version(), new RolloutEnd.Superseded());
    }
  }

  private void finishWhatEnded() throws InterruptedException {
    scripts = Optional.empty();
    if (current.isEmpty()) {
      return;
    }
    RolloutAttempt rollout = current.get();
    switch (rollout.result()) {
      case RolloutAttempt.Result.Running() -> giveUpWhenTooLong(rollout);
      case RolloutAttempt.Result.Broken(Throwable cause) -> {
        current = Optional.empty();
        broken(rollout, cause);
      }
      case RolloutAttempt.Result.Ended(RolloutEnd end) ->
          finishAfterScripts(rollout, end.explainedBy(releases.slugProblem(rollout.release())));
    }
  }

  /** A release that has the traffic is live when the scripts that run then have ended. */
  private void finishAfterScripts(RolloutAttempt rollout, RolloutEnd end)
      throws InterruptedException {
    if (end instanceof RolloutEnd.Live
        && rollout.pending()
        && phase.afterTraffic(rollout.spec()) instanceof ReleasePhase.State.Waiting(var within)) {
      scripts = Optional.of(within);
      return;
    }
    finish(rollout, end);
  }

  private void finish(RolloutAttempt rollout, RolloutEnd end) {
    if (rollout.pending()) {
      rollout.log(end);
      releases.rolledOut(id, rollout.version(), end);
    }
    current = Optional.empty();
    switch (end) {
      case RolloutEnd.Live() -> {
        up = Optional.of(rollout.processes());
        backoff.succeeded();
      }
      case RolloutEnd.Failed(var cause, var lines) -> {
        up = Optional.empty();
        backoff.failed();
        LOG.info("{} {} did not come up: {}", id, rollout.version(), FailureMessages.of(cause));
      }
      case RolloutEnd.Superseded() -> {
        // Not by a release that is wanted: that would have taken this one's place. Tried again, but
        // not at once.
        up = Optional.empty();
        backoff.failed();
      }
    }
  }

  /**
   * A runtime has a limit of its own; this one keeps a push from waiting for ever on one that fails
   * to keep it.
   */
  private void giveUpWhenTooLong(RolloutAttempt rollout) {
    if (rollout.pending()
        && backoff.triedFor(rollout.version()).compareTo(config.rolloutLimit()) >= 0) {
      finish(
          rollout,
          new RolloutEnd.Failed(
              new ReleaseFailureCause.NoEnd(rollout.version(), config.rolloutLimit()), List.of()));
    }
  }

  private Next takeDown(App app) throws InterruptedException {
    current = Optional.empty();
    up = Optional.empty();
    phase.stop();
    rollouts.remove(app);
    apps.stopped(id);
    return new Next.Gone();
  }

  @Override
  public void close() {
    current.ifPresent(RolloutAttempt::stopWaiting);
    phase.close();
  }
}
