package io.platform.git.push;

import io.platform.build.intake.BuildIntake;
import io.platform.build.intake.IntakeResult;
import io.platform.commons.shutdown.ServerStopping;
import io.platform.domain.Build;
import io.platform.domain.BuildStatus;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Builds.BuildInProgress;
import io.platform.git.push.refusal.PushRefusal.ServerRefusal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a push of the deploy branch into an accepted build, and tells the pusher what becomes of
 * it.
 */
public final class PushPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(PushPipeline.class);

  private final BuildIntake intake;
  private final PushedSources sources;
  private final Builds builds;
  private final Clock clock;

  /** Receives by this intake. */
  public PushPipeline(BuildIntake intake, PushedSources sources, Builds builds, Clock clock) {
    this.intake = intake;
    this.sources = sources;
    this.builds = builds;
    this.clock = clock;
  }

  /**
   * From quarantine to the build's end.
   *
   * @return whether it is deployed, and the supervisor has moved the ref
   */
  boolean receive(DeployCommand deploy) {
    try {
      return switch (intake.accept(
          deploy.push().app(),
          deploy.origin(),
          build -> sources.create(deploy, build),
          deploy.toPusher()::waitingForInterruptedPush)) {
        case IntakeResult.Accepted<PushedSource> accepted -> follow(deploy, accepted);
        case IntakeResult.NotAccepted<PushedSource> refused -> discard(deploy, refused);
      };
    } catch (BuildInProgress e) {
      Duration since = Duration.between(e.running().createdAt(), clock.instant());
      deploy
          .toPusher()
          .refused(
              e.running().status() == BuildStatus.RECEIVING
                  ? new ServerRefusal.PushReceived(e.running(), since, intake.abandonedAfter())
                  : new ServerRefusal.BuildRuns(e.running(), since));
      return false;
    }
  }

  /** Nothing is deployed; the pusher still sees the end of the build's log. */
  private boolean discard(DeployCommand deploy, IntakeResult.NotAccepted<PushedSource> refused) {
    deploy.push().quarantine().discard();
    if (refused.stopped()) {
      // The log said so; its end is not waited for.
      Thread.currentThread().interrupt();
      return false;
    }
    return refused.ended() && follow(deploy, refused);
  }

  /** Shows the pusher the build to its end, and tells whether it was deployed. */
  private boolean follow(DeployCommand deploy, IntakeResult<PushedSource> intake) {
    Build build = intake.build();
    try {
      intake.writer().console().follow();
    } catch (PushTooLong e) {
      deploy.toPusher().followedTooLong(build, e.limit());
    } catch (ServerStopping e) {
      deploy.toPusher().interrupted(build);
    } catch (IOException e) {
      LOG.debug("nobody follows build {} any more", build.id(), e);
    } catch (InterruptedException e) {
      deploy.toPusher().interrupted(build);
      Thread.currentThread().interrupt();
      return false;
    }
    return isDeployed(build);
  }

  private boolean isDeployed(Build build) {
    return builds
        .find(build.id())
        .flatMap(Build::outcome)
        .filter(Build.Outcome::deployed)
        .isPresent();
  }
}
