package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ProcessState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells how the processes of apps are now. */
public interface ProcessStates {
  /**
   * Those that should run, and those that are still on their way out, by name; empty where there
   * are none, or where it cannot be told now.
   */
  List<ProcessState> of(App app);

  /** Why processes cannot have limits of their own, as a clause; empty where they can. */
  Optional<String> whyUnlimited(SizeLimit limit);

  /** What of a process can be limited. */
  enum SizeLimit {
    /** The memory of all its processes together. */
    MEMORY,
    /** Their CPU time. */
    CPU
  }

  /** Those of many apps at once, as {@link #of(App)} has each; without apps that have none. */
  default Map<AppId, List<ProcessState>> of(Collection<App> apps) {
    Map<AppId, List<ProcessState>> states = new HashMap<>();
    apps.forEach(app -> states.put(app.id(), of(app)));
    states.values().removeIf(List::isEmpty);
    return states;
  }
}
