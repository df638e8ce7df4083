package io.platform.release;

import io.platform.domain.Release;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseCommandRule;
import io.platform.domain.ReleaseCommandRun;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.Releases;
import io.platform.domain.port.RunSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of one app's releases: a new release is rolled out when those before it have
 * succeeded, and is live when those after it have ended. Rows say how far a command is, so that it
 * runs once, whoever looks. Two commands of an app never run at the same time: the next one waits
 * for the end of the one before. Used by one thread.
 */
final class ReleasePhase {
  private static final Logger LOG = LoggerFactory.getLogger(ReleasePhase.class);

  private final ReleaseConfig config;
  private final Releases releases;
  private final AppRollouts rollouts;
  private final Runnable changed;
  private Optional<ReleaseId> tried = Optional.empty();
  private long triedSince;
  private long retryAt = System.nanoTime();
  private Optional<ReleaseCommandAttempt> current = Optional.empty();

  /** The phase of a release: whether it may be rolled out. */
  sealed interface State {
    /** Its commands have ended, or it has none. */
    record Passed() implements State {}

    /**
     * A command runs, its own or that of a release before it.
     *
     * @param lookAgain when to look again without news
     */
    record Waiting(Duration lookAgain) implements State {}

    /** It cannot go live. */
    record Failed(ReleaseFailureCause cause) implements State {}
  }

  /**
   * A phase of which nothing runs.
   *
   * @param changed called, on any thread, when there is something new to see
   */
  ReleasePhase(ReleaseConfig config, Releases releases, AppRollouts rollouts, Runnable changed) {
    this.config = config;
    this.releases = releases;
    this.rollouts = rollouts;
    this.changed = changed;
  }

  /** Does what is to be done now before a release gets traffic, and says how it stands. */
  State beforeTraffic(RunSpec spec) throws InterruptedException {
    return look(spec, ReleaseCommandKind::isBeforeTraffic);
  }

  /**
   * Does what is to be done now for a release that has the traffic. A command that failed has been
   * told of, and changes nothing more: see {@link ReleaseCommandAttempt}.
   */
  State afterTraffic(RunSpec spec) throws InterruptedException {
    return look(spec, kind -> !kind.isBeforeTraffic());
  }

  private State look(RunSpec spec, Predicate<ReleaseCommandKind> stage)
      throws InterruptedException {
    if (current.isPresent() && !current.get().isDone()) {
      stopWhereCanceled(current.get());
      return new State.Waiting(config.lookEvery());
    }
    current.flatMap(ReleaseCommandAttempt::broken).ifPresent(this::broken);
    current = Optional.empty();
    if (spec.release().status() != Release.Status.PENDING) {
      return new State.Passed();
    }
    for (ReleaseCommandKind kind : ReleaseCommandKind.values()) {
      if (stage.test(kind) && isDue(spec, kind)) {
        ReleaseCommandRun run = releases.releaseCommand(spec.release().id(), kind);
        if (!run.ended()) {
          return go(spec, kind, run);
        }
        if (run.failure().isPresent() && kind.isBeforeTraffic()) {
          return new State.Failed(run.failure().get());
        }
      }
    }
    return new State.Passed();
  }

  /** Whether the release has such a command; what runs once for an app is due for one release. */
  private boolean isDue(RunSpec spec, ReleaseCommandKind kind) {
    return ReleaseCommandRule.command(kind, spec.app(), spec.release()).isPresent()
        && (kind != ReleaseCommandKind.FIRST_POSTDEPLOY
            || !releases.scriptStartedForOther(spec.release().id(), kind));
  }

  private State go(RunSpec spec, ReleaseCommandKind kind, ReleaseCommandRun run) {
    if (!run.started() && triedTooLong(spec)) {
      return new State.Failed(
          new ReleaseFailureCause.NoEnd(spec.release().version(), config.rolloutLimit()));
    }
    long wait = retryAt - System.nanoTime();
    if (wait > 0) {
      return new State.Waiting(Duration.ofNanos(wait));
    }
    current =
        Optional.of(
            rollouts.releaseCommand(
                new ReleaseCommandAttempt.Wanted(spec, kind, run), releases, changed));
    return new State.Waiting(config.lookEvery());
  }

  /** Whether its command could not even be started for so long as a roll-out may take. */
  private boolean triedTooLong(RunSpec spec) {
    ReleaseId release = spec.release().id();
    if (tried.filter(release::equals).isEmpty()) {
      tried = Optional.of(release);
      triedSince = System.nanoTime();
    }
    return System.nanoTime() - triedSince >= config.rolloutLimit().toNanos();
  }

  /** Only a cancellation ends the run before the command does. */
  private void stopWhereCanceled(ReleaseCommandAttempt attempt) throws InterruptedException {
    if (releases.releaseCommand(attempt.release(), attempt.kind()).ended()) {
      rollouts.stopReleaseCommand(attempt.spec());
    }
  }

  private void broken(Throwable e) {
    LOG.warn("a release command could not be run or followed; that is tried again", e);
    retryAt = System.nanoTime() + config.retryAfter().toNanos();
  }

  /** Ends the command that runs: its app goes. */
  void stop() throws InterruptedException {
    if (current.isPresent()) {
      rollouts.stopReleaseCommand(current.get().spec());
    }
    current = Optional.empty();
  }

  /** Waits no longer; what outlives this process goes on. */
  void close() {
    current.ifPresent(ReleaseCommandAttempt::stopWaiting);
  }
}
