package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.AppId;
import io.platform.domain.ProcessCrash;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.kubernetes.client.PodExitDetails;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.Labels;
import java.util.Optional;

/** Tells from two states of a pod, one after the other, whether its process has crashed between. */
final class PodCrashes {
  private PodCrashes() {}

  /** The crash; of several, the last one. A pod that is on its way out does not crash. */
  static Optional<ProcessCrash> between(Pod before, Pod now) {
    boolean leaves = now.getMetadata().getDeletionTimestamp() != null;
    if (leaves || !startsAgain(now) || ends(PodState.of(now)) <= ends(PodState.of(before))) {
      return Optional.empty();
    }
    return lastEnd(PodState.of(now)).flatMap(end -> crash(now, end));
  }

  /** Whether its container is started again, unlike that of a pod that runs a command once. */
  private static boolean startsAgain(Pod pod) {
    return !"Never".equals(pod.getSpec().getRestartPolicy());
  }

  private static Optional<ProcessCrash> crash(Pod pod, PodState.End end) {
    return Optional.ofNullable(pod.getMetadata().getLabels().get(Labels.VERSION))
        .flatMap(ReleaseVersion::parse)
        .map(version ->
            new ProcessCrash(app(pod), version, PodNames.process(pod), startsAgain(pod, end)));
  }

  private static AppId app(Pod pod) {
    return new AppId(pod.getMetadata().getLabels().getOrDefault(Labels.APP_ID, "unknown"));
  }

  /** Why a process is not up that ended so. */
  static ReleaseFailureCause startsAgain(Pod pod, PodState.End end) {
    return new ReleaseFailureCause.StartsAgain(end.exitCode(), PodExitDetails.of(pod, end));
  }

  /** How often its container has ended. */
  private static int ends(PodState state) {
    return switch (state) {
      case PodState.Running(boolean _, int restarts, var _) -> restarts;
      case PodState.Initializing(String _, int restarts, var _) -> restarts;
      case PodState.Crashing(int restarts, var _) -> restarts + 1;
      case PodState.Ended _ -> 1;
      case PodState.Unscheduled _, PodState.Starting _, PodState.Stuck _ -> 0;
    };
  }

  private static Optional<PodState.End> lastEnd(PodState state) {
    return switch (state) {
      case PodState.Running(boolean _, int _, var last) -> last;
      case PodState.Initializing(String _, int _, var last) -> last;
      case PodState.Crashing(int _, var last) -> last;
      case PodState.Ended(var end) -> Optional.of(end);
      case PodState.Unscheduled _, PodState.Starting _, PodState.Stuck _ -> Optional.empty();
    };
  }
}
