package io.platform.domain;

import java.util.List;

/**
 * An app and what its state depends on.
 *
 * @param liveHasWeb whether the live release has a web process; false where none is live
 * @param building whether a build is not settled yet
 * @param released whether it ever got a release
 */
public record AppSummary(App app, boolean liveHasWeb, boolean building, boolean released) {
  /**
   * The app's state.
   *
   * @param processes those of its live release, as far as they are known
   */
  public AppState state(List<ProcessState> processes) {
    if (app.desired().isEmpty()) {
      return building ? AppState.DEPLOYING : released ? AppState.FAILED : AppState.IDLE;
    }
    if (!app.desired().equals(app.live())) {
      return AppState.DEPLOYING;
    }
    if (!liveHasWeb) {
      return AppState.NO_WEB;
    }
    boolean crashed =
        !processes.isEmpty()
            && processes.stream().allMatch(it -> it.status() == ProcessState.Status.CRASHED);
    return crashed ? AppState.CRASHED : AppState.RUNNING;
  }
}
