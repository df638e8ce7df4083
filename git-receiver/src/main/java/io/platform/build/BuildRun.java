package io.platform.build;

import io.platform.access.WorkloadTokens;
import io.platform.buildlog.BuildLog;
import io.platform.buildlog.BuildLogAppender;
import io.platform.buildlog.BuildLogAppender.Source;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.Ids;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Drives one build from its acceptance to its settlement. Each step looks at the row first and does
 * what is left to do, so that all of it can be begun again at any point, by this process or the
 * next.
 */
final class BuildRun {
  /**
   * The build's row says when it is good for nothing; so long that a clock may be set meanwhile.
   */
  private static final Duration TOKEN_OUTLIVES_DEADLINE = Duration.ofDays(1);

  private static final Duration SILENT = Duration.ofMinutes(5);

  private final Parts parts;
  private final BuildId id;
  private final Optional<BuildEnd.Failed> refusal;
  private final String launchKey;
  private final BuildLog log;
  private final BuildLog runnerLog;
  private final Countdown countdown;
  private final Silence silence;
  private boolean launched;

  /**
   * What every drive works with.
   *
   * @param clock the time of day, for what is stored
   * @param steady for waits: it is not set
   */
  record Parts(
      SupervisorConfig config,
      InstantSource clock,
      InstantSource steady,
      Stores stores,
      BuildLifecycle lifecycle,
      BuildRunner runner,
      WorkloadTokens tokens,
      BuilderStates states,
      ReportCheck reports,
      BuildFinisher finisher) {}

  /**
   * One build.
   *
   * @param refusal how a build ends that was not accepted
   */
  BuildRun(Parts parts, BuildId id, Optional<BuildEnd.Failed> refusal) {
    this.parts = parts;
    this.id = id;
    this.refusal = refusal;
    this.log = BuildLogAppender.open(parts.stores().log(), id, Source.RECEIVER);
    this.runnerLog = BuildLogAppender.open(parts.stores().log(), id, Source.RUNNER);
    this.countdown = new Countdown(parts.clock(), parts.steady());
    this.silence = new Silence(parts.steady());
    this.launchKey = "launch/" + Ids.next(parts.clock().instant());
  }

  /** Launch, watch, end, settle. */
  void drive() throws InterruptedException, IOException {
    refusal.ifPresent(this::end);
    launch();
    Build ended = watch();
    stopBuilder(ended);
    parts.finisher().settle(ended);
    clearAway(ended);
  }

  private void launch() {
    Build build = row();
    if (build.status().ended()) {
      return;
    }
    if (!parts.states().of(id).started()) {
      if (!launched) {
        build = begunAgain(build);
      }
      countdown.begin(deadline(build));
      try {
        parts.runner().launch(spec(build));
      } catch (BuildRunner.LaunchFailed e) {
        end(new BuildEnd.Failed(e.failure()));
        return;
      }
      launched = true;
    }
    parts.stores().builds().running(id);
  }

  /** A build that a restart broke off, or kept from beginning, gets its whole time again. */
  private Build begunAgain(Build build) {
    Instant now = parts.clock().instant();
    boolean brokenOff = build.status() == Build.Status.RUNNING;
    if (brokenOff) {
      log.launchedAgain(launchKey);
    }
    if (brokenOff || !now.isBefore(deadline(build))) {
      parts.stores().builds().extend(id, now.plus(parts.config().buildTime()));
    }
    return row();
  }

  private BuildSpec spec(Build build) {
    Instant deadline = deadline(build);
    App app = app(build);
    return new BuildSpec(
        id,
        app,
        build.origin(),
        deadline,
        parts.stores().releases().config(app.id()),
        parts.tokens().forBuild(id, deadline.plus(TOKEN_OUTLIVES_DEADLINE)),
        parts.config().platformUrl());
  }

  /** Waits until the row says that the build has ended; ends it where nobody else does. */
  private Build watch() throws InterruptedException, IOException {
    while (true) {
      Signals.Ticket ticket = parts.stores().signals().ticket(new Topic.BuildChanged(id));
      Build build = row();
      if (build.status().ended()) {
        return build;
      }
      BuilderStates.Sighting seen = parts.states().of(id);
      tell(seen);
      if (seen.started()) {
        tellSilence(build);
      }
      Optional<BuildEnd> end = endOf(build, seen);
      if (end.isPresent()) {
        end(end.get());
      } else {
        ticket.await(untilNextLook(build, seen));
      }
    }
  }

  private void tell(BuilderStates.Sighting seen) {
    for (BuilderEvent.Noticed notice : seen.notices()) {
      runnerLog.noticed(notice.key(), notice.text());
    }
  }

  private void tellSilence(Build build) {
    long size = logSize();
    if (silence.isNews(size, limitOf(build))) {
      Duration left = Duration.between(parts.steady().instant(), due(build));
      log.silent(size, silence.lasts(), left);
      silence.ownLine(logSize());
    }
  }

  private long logSize() {
    try {
      return parts.stores().log().read(id, Long.MAX_VALUE, 1).size();
    } catch (BuildLogs.LogSealed e) {
      throw new IllegalStateException("the log of an unsettled build is an object", e);
    }
  }

  /** Half of what the build may take, where that is not long. */
  private static Duration limitOf(Build build) {
    Duration half =
        build
            .deadline()
            .map(d -> Duration.between(build.createdAt(), d).dividedBy(2))
            .orElse(SILENT);
    return half.compareTo(SILENT) < 0 ? half : SILENT;
  }

  private Optional<BuildEnd> endOf(Build build, BuilderStates.Sighting seen) throws IOException {
    if (app(build).status() != App.Status.ACTIVE) {
      return Optional.of(new BuildEnd.Failed(new BuildFailureCause.AppDestroyed()));
    }
    if (!parts.steady().instant().isBefore(due(build))) {
      Duration silent = silence.told() ? silence.lasts() : Duration.ZERO;
      return Optional.of(new BuildEnd.TimedOut(limit(build), silent));
    }
    return seen.exit().isPresent() ? endOf(build, seen.exit().get()) : Optional.empty();
  }

  private Optional<BuildEnd> endOf(Build build, BuilderStates.Ended exit) throws IOException {
    return switch (exit.event()) {
      case BuilderEvent.LaunchFailed(var _, var cause) -> Optional.of(new BuildEnd.Failed(cause));
      case BuilderEvent.Exited exited -> endOf(build, exited, exit.heard());
    };
  }

  private Optional<BuildEnd> endOf(Build build, BuilderEvent.Exited event, Instant heard)
      throws IOException {
    if (event.report().isPresent()) {
      try {
        return Optional.of(parts.reports().check(app(build), id, event.report().get()));
      } catch (ReportCheck.Mismatch e) {
        return Optional.of(new BuildEnd.Failed(new BuildFailureCause.ReportUnusable(e.mismatch())));
      }
    }
    if (event.exitCode() != 0) {
      return Optional.of(
          new BuildEnd.Failed(new BuildFailureCause.Exited(event.exitCode(), event.detail())));
    }
    boolean lost = !parts.steady().instant().isBefore(heard.plus(parts.config().lostAfter()));
    return lost
        ? Optional.of(new BuildEnd.Failed(new BuildFailureCause.ResultLost()))
        : Optional.empty();
  }

  private Duration untilNextLook(Build build, BuilderStates.Sighting seen) {
    Instant now = parts.steady().instant();
    Instant next = now.plus(parts.config().lookEvery());
    next = earlier(next, due(build));
    next = earlier(next, silence.due(limitOf(build)));
    if (seen.exit().isPresent()) {
      next = earlier(next, seen.exit().get().heard().plus(parts.config().lostAfter()));
    }
    Duration left = Duration.between(now, next);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private void end(BuildEnd end) {
    parts.lifecycle().end(id, end);
  }

  /** A builder that succeeded ends by itself; any other is stopped before the pusher is told. */
  private void stopBuilder(Build ended) {
    if (ended.status() != Build.Status.SUCCEEDED && wasAccepted(ended)) {
      parts.runner().cancel(id);
    }
  }

  private void clearAway(Build ended) {
    if (wasAccepted(ended)) {
      parts.runner().cancel(id);
      parts.states().forget(id);
    }
  }

  /** Otherwise there never was a builder. */
  private static boolean wasAccepted(Build build) {
    return build.deadline().isPresent();
  }

  private Build row() {
    return parts
        .stores()
        .builds()
        .find(id)
        .orElseThrow(() -> new IllegalStateException("build %s has no row".formatted(id)));
  }

  private App app(Build build) {
    return parts
        .stores()
        .apps()
        .find(build.app())
        .orElseThrow(() -> new IllegalStateException("app %s has no row".formatted(build.app())));
  }

  private static Duration limit(Build build) {
    return build.deadline().map(d -> Duration.between(build.createdAt(), d)).orElse(Duration.ZERO);
  }

  /** When the steady clock shows that the deadline has come. */
  private Instant due(Build build) {
    return build.deadline().map(countdown::due).orElse(Instant.MAX);
  }

  private static Instant deadline(Build build) {
    return build.deadline().orElse(Instant.MAX);
  }
}
