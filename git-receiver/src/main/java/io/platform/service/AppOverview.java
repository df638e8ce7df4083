package io.platform.service;

import io.platform.domain.App;
import io.platform.domain.AppState;
import io.platform.domain.AppSummary;
import io.platform.domain.ProcessState;
import java.util.List;

/**
 * An app, and how it does.
 *
 * @param processes those of its live release, as far as they are known
 */
public record AppOverview(AppSummary summary, List<ProcessState> processes) {
  /** Copies the processes. */
  public AppOverview {
    processes = List.copyOf(processes);
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
