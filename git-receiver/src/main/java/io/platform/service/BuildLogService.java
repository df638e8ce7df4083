package io.platform.service;

import io.platform.access.Principal;
import io.platform.buildlog.FollowerClient;
import io.platform.buildlog.LogFollower;
import io.platform.domain.AppPath;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.RetentionLimits;
import io.platform.domain.port.Builds;
import io.platform.domain.port.LogSink;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reading the logs of builds. */
public final class BuildLogService {
  private static final Logger LOG = LoggerFactory.getLogger(BuildLogService.class);

  private final BuildService builds;
  private final Builds stored;
  private final LogFollower follower;
  private final RetentionLimits limits;

  /**
   * For the builds of this service.
   *
   * @param limits how many builds of an app are kept
   */
  public BuildLogService(
      BuildService builds, Builds stored, LogFollower follower, RetentionLimits limits) {
    this.builds = builds;
    this.stored = stored;
    this.follower = follower;
    this.limits = limits;
  }

  /**
   * The build, where the user may read its log and the log is there.
   *
   * @param id empty for the newest build
   * @throws RequestRefused otherwise
   */
  public Build readable(Principal user, AppPath path, Optional<BuildId> id) throws IOException {
    Build build = builds.find(user, path, id);
    if (build.removedAt().isPresent()) {
      throw new RequestRefused(
          RequestRefused.Reason.REMOVED,
          "The log of build %s was removed: the logs of an app's last %d builds are kept."
              .formatted(build.id(), limits.builds()));
    }
    try {
      follower.checkReadable(build);
    } catch (NoSuchFileException e) {
      LOG.error("the log of build {} is missing in the object store", build.id());
      throw new RequestRefused(
          RequestRefused.Reason.LOST,
          "The log of build %s is missing in the platform's object store. Contact your administrator to restore it."
              .formatted(build.id()));
    }
    return build;
  }

  /** Whether the user may still read it; throws otherwise. */
  public void check(Principal user, AppPath path, Optional<BuildId> id) {
    builds.find(user, path, id);
  }

  /**
   * Sends the log from an offset on.
   *
   * @param follow whether to wait for what is still to come
   * @return the build as it is then
   */
  public Build send(Build build, long from, boolean follow, LogSink sink)
      throws IOException, InterruptedException {
    if (follow) {
      follower.follow(FollowerClient.API, build.id(), from, sink);
    } else {
      follower.copy(build.id(), from, sink);
    }
    return stored.find(build.id()).orElse(build);
  }
}
