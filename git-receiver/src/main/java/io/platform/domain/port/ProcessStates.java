package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.ProcessState;
import java.util.List;

/** Tells how the processes of apps are now. */
public interface ProcessStates {
  /**
   * Those of the app's live release; empty where there are none, or where it cannot be told now.
   */
  List<ProcessState> of(App app);
}
