package io.platform.release;

import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseCommandRule;
import io.platform.domain.ReleaseCommandRun;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.ReleaseCommandProgress;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.Releases;
import io.platform.domain.port.RunSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** One run of a command of a release on a thread of its own, whose start and end it records. */
final class ReleaseCommandAttempt {
  /**
   * A command that is to run.
   *
   * @param before how far it is
   */
  record Wanted(RunSpec spec, ReleaseCommandKind kind, ReleaseCommandRun before) {}

  private final RunSpec spec;
  private final ReleaseCommandKind kind;
  private final ReleaseCommands commands;
  private final Releases releases;
  private final ReleaseCommandLog log;
  private final ReleaseConfig config;
  private final FutureTask<Void> task;

  /**
   * Starts it.
   *
   * @param ended called, on any thread, when it is over
   */
  ReleaseCommandAttempt(
      Wanted command,
      ReleaseCommands commands,
      Releases releases,
      ReleaseCommandLog log,
      ReleaseConfig config,
      Runnable ended) {
    this.spec = command.spec();
    this.kind = command.kind();
    this.commands = commands;
    this.releases = releases;
    this.log = log;
    this.config = config;
    this.task =
        new FutureTask<>(() -> run(command.before().started())) {
          @Override
          protected void done() {
            ended.run();
          }
        };
    Thread.ofVirtual()
        .name(kind.word() + "-command-" + spec.app().path() + "-" + spec.release().version())
        .start(task);
  }

  ReleaseId release() {
    return spec.release().id();
  }

  RunSpec spec() {
    return spec;
  }

  ReleaseCommandKind kind() {
    return kind;
  }

  boolean isDone() {
    return task.isDone();
  }

  /** Why the platform itself failed to run it or to record its end; empty where it did not. */
  Optional<Throwable> broken() {
    return task.state() == Future.State.FAILED
        ? Optional.of(task.exceptionNow())
        : Optional.empty();
  }

  private Void run(boolean startedBefore) throws InterruptedException {
    String command = ReleaseCommandRule.command(kind, spec.app(), spec.release()).orElse("");
    log.started(command);
    long begin = System.nanoTime();
    Optional<ReleaseFailureCause> failure;
    try {
      failure =
          commands
              .run(spec, kind, startedBefore, config.commandLimit(), new Progress())
              .map(this::ofKind);
    } finally {
      log.close();
    }
    if (failure.isEmpty()) {
      log.succeeded(Duration.ofNanos(System.nanoTime() - begin));
    }
    boolean first =
        Retry.call(
            RetryPolicies.<Boolean>ownFailure(config.retryAfter())
                .handle(RuntimeException.class)
                .build(),
            () -> releases.releaseCommandEnded(release(), kind, failure));
    if (!kind.isBeforeTraffic()) {
      (first ? failure : releases.releaseCommand(release(), kind).failure()).ifPresent(log::failed);
    }
    return null;
  }

  private ReleaseFailureCause ofKind(ReleaseFailureCause cause) {
    return kind == ReleaseCommandKind.RELEASE
        ? cause
        : new ReleaseFailureCause.ScriptFailed(kind, cause);
  }

  void stopWaiting() {
    task.cancel(true);
  }

  private final class Progress implements ReleaseCommandProgress {
    @Override
    public void started() {
      releases.releaseCommandStarted(release(), kind);
    }

    @Override
    public void event(String key, RolloutNotice notice) {
      log.noticed(key, notice);
    }

    @Override
    public void output(String line) {
      log.wrote(line);
    }
  }
}
