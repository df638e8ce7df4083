package io.platform.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.app.App;
import io.platform.app.ProcessState;
import io.platform.app.ProcessStates;
import io.platform.cluster.desired.Installation;
import io.platform.cluster.desired.Labels;
import io.platform.slug.ProcessTypes;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the processes of apps are, as the status of their pods tells it at that moment. */
final class PodStates implements ProcessStates {
  private static final Logger LOG = LoggerFactory.getLogger(PodStates.class);

  private final Kubernetes kubernetes;
  private final Installation installation;

  PodStates(Kubernetes kubernetes, Installation installation) {
    this.kubernetes = kubernetes;
    this.installation = installation;
  }

  @Override
  public List<ProcessState> of(App app) {
    if (app.live().isEmpty()) {
      return List.of();
    }
    try {
      return kubernetes
          .client()
          .pods()
          .inNamespace(installation.namespaceOf(app))
          .withLabel(Labels.APP_ID, app.id().value())
          .withLabel(Labels.COMPONENT, Labels.APPS)
          .withLabel(Labels.VERSION, app.live().get().toString())
          .list()
          .getItems()
          .stream()
          .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
          .map(PodStates::of)
          .toList();
    } catch (KubernetesClientException e) {
      LOG.warn("the pods of {} cannot be listed: {}", app.path(), Refusal.message(e));
      return List.of();
    }
  }

  private static ProcessState of(Pod pod) {
    return switch (PodState.of(pod)) {
      case PodState.Running(boolean ready, int restarts, var last) ->
          ready ? state(ProcessState.Status.UP, Optional.empty()) : notReady(last);
      case PodState.Unscheduled(var why) ->
          state(ProcessState.Status.STARTING, why.map(Words::unschedulable));
      case PodState.Starting _ -> state(ProcessState.Status.STARTING, Optional.empty());
      case PodState.Stuck(String reason, String message) ->
          state(ProcessState.Status.CRASHED, Optional.of(Words.stuck(reason, message) + "."));
      case PodState.Crashing(int restarts, var last) ->
          state(ProcessState.Status.CRASHED, last.map(Words::hasEnded));
      case PodState.Ended(var end) ->
          state(ProcessState.Status.CRASHED, Optional.of(Words.hasEnded(end)));
    };
  }

  /** Started again after a crash, and not up yet; or for the first time. */
  private static ProcessState notReady(Optional<PodState.End> last) {
    return last.map(end -> state(ProcessState.Status.CRASHED, Optional.of(Words.hasEnded(end))))
        .orElseGet(() -> state(ProcessState.Status.STARTING, Optional.empty()));
  }

  private static ProcessState state(ProcessState.Status status, Optional<String> reason) {
    return new ProcessState(ProcessTypes.WEB, status, reason);
  }
}
