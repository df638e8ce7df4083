package io.platform.domain;

import java.util.Optional;

/** Decides why a push was not deployed. */
public final class DeployFailureRule {
  private DeployFailureRule() {}

  /** Because of its build, which ended without an artifact. */
  public static DeployFailureCause of(Build ended) {
    return ended
        .failure()
        .<DeployFailureCause>map(DeployFailureCause.BuildFailed::new)
        .orElseGet(() -> new DeployFailureCause.BuildEnded(ended.status()));
  }

  /**
   * Because of its release, which did not come up.
   *
   * @param running what runs in its place
   */
  public static DeployFailureCause of(Release release, Optional<ReleaseVersion> running) {
    return release.status() == Release.Status.SUPERSEDED
        ? new DeployFailureCause.Superseded(release.version(), running)
        : new DeployFailureCause.NotLive(release.version(), release.failure(), running);
  }
}
