package io.platform.process.app;

import io.platform.domain.Release;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutNotice;
import io.platform.failure.ProgressMessages;
import io.platform.process.log.AppLog;
import java.time.Duration;
import java.util.Optional;

/**
 * The latest roll-out of an app. What happens in it goes to its followers and into the app's log.
 * Guarded by its owner's lock.
 */
final class LatestRollout {
  private final AppLog log;
  private Optional<ProcessRollout> rollout = Optional.empty();

  LatestRollout(AppLog log) {
    this.log = log;
  }

  ProcessRollout get() {
    return rollout.orElseThrow();
  }

  /** Begins one, and says what will start. */
  void begin(ReleaseProcesses beginning) {
    Release release = beginning.spec().release();
    rollout = Optional.of(new ProcessRollout(release.id()));
    beginning
        .plan()
        .scales()
        .forEach((type, scale) -> {
          if (scale.quantity() > 0 && beginning.proves(type)) {
            event(
                release,
                "starting/" + type,
                new RolloutNotice.Starting(
                    type, scale.quantity(), release.processTypes().command(type).orElse("")));
          }
        });
    if (!release.hasWeb()) {
      event(release, "no-web", new RolloutNotice.NoWeb(beginning.plan().total() > 0));
    }
  }

  /** Something is seen of a process while it starts: news of the roll-out, if it is of this one. */
  void seen(SupervisedProcess process, RolloutNotice notice) {
    rollout
        .filter(it -> process.isOf(it.release()))
        .ifPresent(it -> it.event(process.name() + "/" + notice, notice));
    log.note(process.name(), ProgressMessages.of(notice));
  }

  /** The release that runs is wanted again: it is live, unless its own roll-out says else. */
  void follow(Release current) {
    if (rollout.filter(it -> it.isOf(current.id())).isEmpty()) {
      rollout = Optional.of(ProcessRollout.live(current.id()));
    }
  }

  /** All of the release is up, after its roll-out or after it had failed. */
  void isUp(ReleaseProcesses release) {
    Optional<ProcessRollout> own = of(release);
    if (own.filter(ProcessRollout::failed).isPresent()) {
      rollout = Optional.of(ProcessRollout.live(release.spec().release().id()));
    } else if (own.filter(ProcessRollout::isPending).isPresent()) {
      endLive(release);
    }
  }

  private void endLive(ReleaseProcesses release) {
    if (release.plan().total() > 0) {
      Duration took = Duration.ofNanos(System.nanoTime() - release.begun());
      event(release.spec().release(), "up", new RolloutNotice.Up(took));
    }
    end(new RolloutEnd.Live());
  }

  /** Ends the latest, unless it has ended. */
  void end(RolloutEnd how) {
    rollout.ifPresent(it -> it.end(how));
  }

  /** Ends the roll-out of this release, unless it has ended or another came after it. */
  void end(ReleaseProcesses release, RolloutEnd how) {
    of(release).ifPresent(rollout -> rollout.end(how));
  }

  private Optional<ProcessRollout> of(ReleaseProcesses release) {
    return rollout.filter(it -> it.isOf(release.spec().release().id()));
  }

  private void event(Release release, String key, RolloutNotice notice) {
    rollout.ifPresent(it -> it.event(release.version() + "/" + key, notice));
    log.note(release.version() + ": " + ProgressMessages.of(notice));
  }
}
