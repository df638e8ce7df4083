package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ProcessState;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.ProcessStates;
import io.platform.kubernetes.client.ApiText;
import io.platform.kubernetes.client.FailedRequestLog;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodFailureCauses;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.Labels;
import io.platform.slug.ProcessTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of apps' processes, read from the status of their pods. */
public final class PodProcessStates implements ProcessStates {
  private static final Logger LOG = LoggerFactory.getLogger(PodProcessStates.class);

  private final KubernetesApi kubernetes;
  private final InstallationId installation;
  private final PodUsage usage;
  private final PodHealth health;

  public PodProcessStates(KubernetesApi kubernetes, InstallationId installation) {
    this.kubernetes = kubernetes;
    this.installation = installation;
    this.usage = new PodUsage(kubernetes);
    this.health = new PodHealth(kubernetes);
  }

  /** A process, and the pod that it is. */
  public record PodProcess(Pod pod, ProcessState state) {}

  @Override
  public List<ProcessState> of(App app) {
    return list(app, PodProcessStates::isProcess).stream().map(PodProcess::state).toList();
  }

  /** The one-off processes of an app that have not ended, by name. */
  public List<PodProcess> oneOffs(App app) {
    return list(
        app,
        pod ->
            isOneOff(pod)
                && !PodState.hasStopped(pod)
                && !(PodState.of(pod) instanceof PodState.Ended));
  }

  private List<PodProcess> list(App app, Predicate<Pod> wanted) {
    Map<String, String> labels = Labels.selector(installation, Labels.APPS);
    labels.put(Labels.APP_ID, app.id().value());
    String namespace = installation.namespaceOf(app);
    try {
      List<Pod> pods =
          kubernetes.client().pods().inNamespace(namespace).withLabels(labels).list().getItems();
      Map<String, ProcessState.Usage> used =
          pods.isEmpty() ? Map.of() : usage.of(namespace, labels);
      return pods.stream()
          .filter(pod -> version(pod).isPresent() && wanted.test(pod))
          .map(pod -> new PodProcess(pod, explained(pod, of(pod, used))))
          .sorted(Comparator.comparing(process -> process.state().name()))
          .toList();
    } catch (KubernetesClientException e) {
      FailedRequestLog.warn(LOG, e, "the pods of %s cannot be listed".formatted(app.path()));
      return List.of();
    }
  }

  /**
   * With the health check for which it was stopped, where that is why it is not up, or for which a
   * process that is up gets no requests.
   */
  private ProcessState explained(Pod pod, ProcessState state) {
    if (state.status() == ProcessState.Status.UP
        || state.status() == ProcessState.Status.STOPPING) {
      return state;
    }
    return health
        .unready(pod)
        .map(cause -> state.with(ProcessState.Status.UP, cause))
        .or(() -> health.cause(pod).map(cause -> state.with(state.status(), cause)))
        .orElse(state);
  }

  @Override
  public Optional<String> whyUnlimited(SizeLimit limit) {
    return Optional.empty();
  }

  /** By one list of all pods of apps. */
  @Override
  public Map<AppId, List<ProcessState>> of(Collection<App> apps) {
    Map<String, App> byId = new HashMap<>();
    apps.forEach(app -> byId.put(app.id().value(), app));
    Map<AppId, List<ProcessState>> states = new HashMap<>();
    try {
      for (Pod pod :
          kubernetes
              .client()
              .pods()
              .inAnyNamespace()
              .withLabels(Labels.selector(installation, Labels.APPS))
              .list()
              .getItems()) {
        App app = byId.get(pod.getMetadata().getLabels().get(Labels.APP_ID));
        if (app != null && version(pod).isPresent() && isProcess(pod)) {
          states.computeIfAbsent(app.id(), id -> new ArrayList<>()).add(of(pod, Map.of()));
        }
      }
      return states;
    } catch (KubernetesClientException e) {
      FailedRequestLog.warn(LOG, e, "the pods of apps cannot be listed");
      return Map.of();
    }
  }

  private static boolean isOneOff(Pod pod) {
    return pod.getMetadata().getLabels().containsKey(Labels.ONE_OFF);
  }

  /** Somebody may give labels of the platform's to a pod of their own. */
  private static Optional<ReleaseVersion> version(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels().get(Labels.VERSION))
        .flatMap(ReleaseVersion::parse);
  }

  /** Not one that has stopped, nor a one-off, nor a release command, which is told in the log. */
  private static boolean isProcess(Pod pod) {
    return !PodState.hasStopped(pod)
        && !isOneOff(pod)
        && !ProcessTypes.RELEASE.equals(pod.getMetadata().getLabels().get(Labels.PROCESS));
  }

  private static ProcessState of(Pod pod, Map<String, ProcessState.Usage> used) {
    ProcessState state = pod.getMetadata().getDeletionTimestamp() == null ? of(pod) : leaving(pod);
    return state.with(used.getOrDefault(pod.getMetadata().getName(), ProcessState.Usage.UNKNOWN));
  }

  private static ProcessState leaving(Pod pod) {
    int restarts = PodState.of(pod) instanceof PodState.Running running ? running.restarts() : 0;
    return state(pod, ProcessState.Status.STOPPING, Optional.empty(), restarts);
  }

  private static ProcessState of(Pod pod) {
    return switch (PodState.of(pod)) {
      case PodState.Running(boolean ready, int restarts, var last) ->
          ready
              ? state(pod, ProcessState.Status.UP, Optional.empty(), restarts)
              : notReady(pod, last, restarts);
      case PodState.Unscheduled(var why) ->
          state(
              pod,
              ProcessState.Status.STARTING,
              why.map(text -> new ReleaseFailureCause.WaitsForRoom(ApiText.inline(text))),
              0);
      case PodState.Initializing(String _, int restarts, var last) -> notReady(pod, last, restarts);
      case PodState.Starting _ -> state(pod, ProcessState.Status.STARTING, Optional.empty(), 0);
      case PodState.Stuck(String reason, String message) ->
          state(
              pod,
              ProcessState.Status.CRASHED,
              Optional.of(PodFailureCauses.stuck(reason, message)),
              0);
      case PodState.Crashing(int restarts, var last) ->
          state(
              pod,
              ProcessState.Status.CRASHED,
              last.map(end -> PodCrashes.startsAgain(pod, end)),
              restarts);
      case PodState.Ended(var end) ->
          state(pod, ProcessState.Status.CRASHED, Optional.of(PodCrashes.startsAgain(pod, end)), 0);
    };
  }

  /** Started again after a crash, and not up yet; or for the first time. */
  private static ProcessState notReady(Pod pod, Optional<PodState.End> last, int restarts) {
    return last.map(end ->
            state(
                pod,
                ProcessState.Status.CRASHED,
                Optional.of(PodCrashes.startsAgain(pod, end)),
                restarts))
        .orElseGet(() -> state(pod, ProcessState.Status.STARTING, Optional.empty(), restarts));
  }

  private static ProcessState state(
      Pod pod, ProcessState.Status status, Optional<ReleaseFailureCause> reason, int restarts) {
    return new ProcessState(
        PodNames.process(pod),
        version(pod).orElseThrow(),
        status,
        reason,
        Optional.of(Instant.parse(pod.getMetadata().getCreationTimestamp())),
        restarts,
        ProcessState.Usage.UNKNOWN,
        Optional.ofNullable(pod.getSpec().getNodeName()));
  }
}
