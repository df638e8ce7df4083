package io.platform.domain;

/** News of a builder that does not write anything itself yet, from its build runner. */
public sealed interface BuilderNotice {
  /**
   * It waits for other builds.
   *
   * @param concurrent how many builders run at a time
   */
  record Queued(int concurrent) implements BuilderNotice {}

  /** Its pod has a node. */
  record Scheduled(String pod, String node) implements BuilderNotice {}

  /** Its pod does not run yet. */
  record Delayed(StartDelay why) implements BuilderNotice {}
}
