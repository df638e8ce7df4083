package io.platform.kubernetes.build;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.BuilderNotice;
import io.platform.domain.ExitDetail;
import io.platform.domain.StartDelay;
import io.platform.domain.port.BuilderEvent;
import io.platform.kubernetes.client.PodExitDetails;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.client.StartDelays;
import io.platform.slug.BuildReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Derives the progress of one build from its pod as it is now. The same sight twice tells nothing
 * twice, so that a watch that begins again loses and doubles nothing. Guarded by its owner.
 */
final class BuildProgress {
  private final BuildId build;
  private final List<BuilderEvent> events = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private boolean started;
  private boolean ended;

  BuildProgress(BuildId build) {
    this.build = build;
  }

  /** All that was told, oldest first. */
  List<BuilderEvent> soFar() {
    return List.copyOf(events);
  }

  boolean ended() {
    return ended;
  }

  /** What the pod's state has to tell that is new. */
  List<BuilderEvent> observe(Pod pod) {
    int before = events.size();
    if (!started) {
      started = true;
      events.add(new BuilderEvent.Started(build));
    }
    switch (PodState.of(pod)) {
      case PodState.Unscheduled(Optional<String> why) ->
          why.ifPresent(text ->
              notice(pod, StartDelays.unschedulableKey(text), StartDelays.unschedulable(text)));
      case PodState.Starting(String node) -> scheduled(pod, node);
      case PodState.Initializing(String node, int _, var _) -> scheduled(pod, node);
      case PodState.Stuck(String reason, String message) -> {
        scheduled(pod, pod.getSpec().getNodeName());
        notice(pod, StartDelays.stuckKey(reason), StartDelays.stuck(reason, message));
      }
      case PodState.Running running -> scheduled(pod, pod.getSpec().getNodeName());
      case PodState.Crashing crashing -> {
        // Not with restartPolicy Never.
      }
      case PodState.Ended(PodState.End end) ->
          end(
              new BuilderEvent.Exited(
                  build,
                  end.exitCode(),
                  report(end.message()),
                  PodExitDetails.ofBuilder(pod, end)));
    }
    return fresh(before);
  }

  /** What one of Kubernetes' events on the pod has to tell that is new. */
  List<BuilderEvent> observe(Pod pod, Event event) {
    int before = events.size();
    if (!ended) {
      StartDelays.of(event).ifPresent(why -> notice(pod, "event/" + event.getReason(), why));
    }
    return fresh(before);
  }

  /** It is not launched yet, for a reason that may go away. */
  List<BuilderEvent> waits(String key, StartDelay why) {
    int before = events.size();
    notice(key, new BuilderNotice.Delayed(why));
    return fresh(before);
  }

  /** Its pod is gone, or is given up. */
  List<BuilderEvent> gone(ExitDetail.OfPod why) {
    return end(new BuilderEvent.Exited(build, PodState.KILLED, Optional.empty(), why));
  }

  /** It has no pod, and gets none. */
  List<BuilderEvent> launchFailed(BuildFailureCause.NotLaunched cause) {
    return end(new BuilderEvent.LaunchFailed(build, cause));
  }

  private void scheduled(Pod pod, String node) {
    notice(key(pod, "scheduled"), new BuilderNotice.Scheduled(pod.getMetadata().getName(), node));
  }

  private List<BuilderEvent> end(BuilderEvent.Ended end) {
    int before = events.size();
    if (!ended) {
      ended = true;
      events.add(end);
    }
    return fresh(before);
  }

  /** The termination message is the builder's report, where it came so far. */
  private Optional<BuildReport> report(String message) {
    if (!message.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
              BuildReport.parse(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8))))
          .filter(report -> report.build().equals(build.value()));
    } catch (IOException noReport) {
      return Optional.empty();
    }
  }

  private void notice(Pod pod, String key, StartDelay why) {
    notice(key(pod, key), new BuilderNotice.Delayed(why));
  }

  private static String key(Pod pod, String key) {
    return pod.getMetadata().getUid() + "/" + key;
  }

  private void notice(String key, BuilderNotice notice) {
    if (!ended && keys.add(key)) {
      events.add(new BuilderEvent.Noticed(build, key, notice));
    }
  }

  private List<BuilderEvent> fresh(int before) {
    return List.copyOf(events.subList(before, events.size()));
  }
}
