package io.platform.domain;

import io.platform.slug.ProcessTypes;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An app with the values that its state depends on.
 *
 * @param types the process types of the live release; none where none is live
 * @param building whether a build is not settled yet
 * @param released whether it ever got a release
 */
public record AppSummary(App app, ProcessTypes types, boolean building, boolean released) {
  /**
   * The app's state.
   *
   * @param processes as far as they are known
   */
  public AppState state(List<ProcessState> processes) {
    if (app.desired().isEmpty()) {
      return building ? AppState.DEPLOYING : released ? AppState.FAILED : AppState.IDLE;
    }
    if (!app.desired().equals(app.live())) {
      return AppState.DEPLOYING;
    }
    if (crashed(processes)) {
      return AppState.CRASHED;
    }
    boolean idle = types.command(ProcessTypes.WEB).isEmpty() && plan().total() == 0;
    return idle ? AppState.NO_WEB : AppState.RUNNING;
  }

  /** What of the live release should run. */
  public ProcessPlan plan() {
    return ProcessPlan.of(app.formation(), types);
  }

  /** Whether a type has processes and none of them is on its feet. */
  private static boolean crashed(List<ProcessState> processes) {
    return processes.stream()
        .filter(process -> process.status() != ProcessState.Status.STOPPING)
        .collect(
            Collectors.groupingBy(
                ProcessState::type,
                Collectors.reducing(
                    true,
                    process -> process.status() == ProcessState.Status.CRASHED,
                    Boolean::logicalAnd)))
        .containsValue(true);
  }
}
