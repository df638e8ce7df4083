package io.platform.domain;

import java.time.Duration;

/** News of a roll-out, from its runtime. */
public sealed interface RolloutNotice {
  /**
   * The release has no web process.
   *
   * @param others whether processes of other types run
   */
  record NoWeb(boolean others) implements RolloutNotice {}

  /** The processes of a type are being started. */
  record Starting(String type, int quantity, String command) implements RolloutNotice {}

  /** The release command waits for that of an earlier release. */
  record AwaitsReleaseCommand() implements RolloutNotice {}

  /**
   * A web process listens on a port, and not on the one in its PORT, for which it has some more
   * time.
   */
  record ListensElsewhere(String process, int other, int port, Duration limit)
      implements RolloutNotice {}

  /** The release is up. */
  record Up(Duration took) implements RolloutNotice {}

  /** A pod has a node. */
  record PodScheduled(String pod, String node) implements RolloutNotice {}

  /** A pod does not run yet. */
  record PodDelayed(String pod, StartDelay why) implements RolloutNotice {}

  /**
   * A pod is up.
   *
   * @param ready how many pods of its type are up
   * @param wanted of how many
   */
  record PodReady(String pod, int ready, int wanted) implements RolloutNotice {}

  /** The process of a pod ended, and Kubernetes starts it again. */
  record PodCrashed(String pod, int exitCode, ExitDetail detail) implements RolloutNotice {}

  /** A pod ended, and Kubernetes makes another one. */
  record PodEnded(String pod, int exitCode, ExitDetail detail) implements RolloutNotice {}

  /** No pod can be made yet. */
  record PodsDelayed(StartDelay why) implements RolloutNotice {}
}
