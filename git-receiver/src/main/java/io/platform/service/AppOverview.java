package io.platform.service;

import io.platform.domain.App;
import io.platform.domain.AppState;
import io.platform.domain.AppSummary;
import io.platform.domain.ProcessState;
import java.util.Comparator;
import java.util.List;

/**
 * An app and its state.
 *
 * @param processes those of its live release, as far as they are known
 */
public record AppOverview(AppSummary summary, List<ProcessState> processes) {
  /** Copies the processes, in the order of their names. */
  public AppOverview {
    processes = processes.stream().sorted(Comparator.comparing(ProcessState::name)).toList();
  }

  /** The app. */
  public App app() {
    return summary.app();
  }

  /** What it does now. */
  public AppState state() {
    return summary.state(processes);
  }
}
