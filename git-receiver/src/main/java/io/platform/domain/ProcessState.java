package io.platform.domain;

import java.util.Optional;

/**
 * How a process of an app's live release is now.
 *
 * @param type its process type
 * @param reason why it is not up; empty where it is or where nothing is known
 */
public record ProcessState(String type, Status status, Optional<ReleaseFailureCause> reason) {
  /** Whether it runs. */
  public enum Status {
    /** Being started. */
    STARTING,
    /** It runs and answers. */
    UP,
    /** It has ended by itself, or does not come up, and is started again after a pause. */
    CRASHED
  }
}
