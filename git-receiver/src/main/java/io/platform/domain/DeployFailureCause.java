package io.platform.domain;

import java.util.Optional;

/** The causes of pushes that were received but not deployed. */
public sealed interface DeployFailureCause extends FailureCause {
  /** Its build failed. */
  record BuildFailed(BuildFailureCause cause) implements DeployFailureCause {}

  /** Its build ended so, and no more is known of that. */
  record BuildEnded(BuildStatus status) implements DeployFailureCause {}

  /** Its app was destroyed before its release came up. */
  record AppDestroyed() implements DeployFailureCause {}

  /**
   * Its release did not come up.
   *
   * @param cause why, where that is known
   * @param running what runs in its place
   */
  record NotLive(
      ReleaseVersion version, Optional<ReleaseFailureCause> cause, Optional<ReleaseVersion> running)
      implements DeployFailureCause {}

  /**
   * Another release was wanted before its own came up.
   *
   * @param running what runs in its place
   */
  record Superseded(ReleaseVersion version, Optional<ReleaseVersion> running)
      implements DeployFailureCause {}

  /**
   * Its branch has left the commit that the push began at.
   *
   * @param branch the short name
   * @param expected the commit that the push began at; none where there was no branch
   * @param found the commit that the branch is at; none where there is no branch
   */
  record BranchMoved(String branch, Optional<String> expected, Optional<String> found)
      implements DeployFailureCause {}

  /** An earlier version of the platform stored nothing but the sentence. */
  record StoredSentence(String sentence) implements DeployFailureCause {}
}
