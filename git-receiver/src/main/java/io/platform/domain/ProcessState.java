package io.platform.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a process of an app.
 *
 * @param release the release that it runs
 * @param reason why it is not up; empty where it is or where nothing is known
 * @param since when its status became what it is; empty where that is not known
 * @param restarts how often it was started again because it had ended by itself
 * @param place the node that it runs on; empty on one machine
 */
public record ProcessState(
    ProcessName name,
    ReleaseVersion release,
    Status status,
    Optional<ReleaseFailureCause> reason,
    Optional<Instant> since,
    int restarts,
    Usage usage,
    Optional<String> place) {

  /** The status of a process. */
  public enum Status {
    /** Being started. */
    STARTING,
    /** It runs; a web process answers. */
    UP,
    /** It has ended by itself, or does not come up, and is started again after a pause. */
    CRASHED,
    /** It is told to end, and has not yet. */
    STOPPING
  }

  /**
   * What it uses now, with all of its child processes; empty where it cannot be told.
   *
   * @param memory in bytes
   * @param cpu as a share of one core: 1.5 is one and a half cores
   */
  public record Usage(Optional<Long> memory, Optional<Double> cpu) {
    /** It cannot be told. */
    public static final Usage UNKNOWN = new Usage(Optional.empty(), Optional.empty());
  }

  /** The same, with what it uses. */
  public ProcessState with(Usage used) {
    return new ProcessState(name, release, status, reason, since, restarts, used, place);
  }

  /** The same, with another status, for this reason. */
  public ProcessState with(Status other, ReleaseFailureCause cause) {
    return new ProcessState(
        name, release, other, Optional.of(cause), since, restarts, usage, place);
  }

  /** Its process type. */
  public String type() {
    return name.type();
  }
}
