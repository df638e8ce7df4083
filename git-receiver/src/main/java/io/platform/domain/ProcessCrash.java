package io.platform.domain;

/**
 * A process ended by itself, or did not come up, and is started again.
 *
 * @param release what it runs
 */
public record ProcessCrash(
    AppId app, ReleaseVersion release, ProcessName process, ReleaseFailureCause cause) {
  /** The same, for another reason. */
  public ProcessCrash with(ReleaseFailureCause other) {
    return new ProcessCrash(app, release, process, other);
  }
}
