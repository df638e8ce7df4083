package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.RolloutLog;
import io.platform.kubernetes.client.ApiText;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.PodExitDetails;
import io.platform.kubernetes.client.PodFailureCauses;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.client.StartDelays;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugExitCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Derives the progress of a process type's roll-out from the Deployment and its pods as they are
 * now. Used by one thread.
 */
final class RolloutProgress {
  private final ClusterConfig config;
  private final String type;
  private final FailedProbes probes;
  private final RolloutLog log;
  private final LongSupplier nanoTime;
  private final long begin;
  private final Set<String> reported = new HashSet<>();
  private final Map<String, Long> since = new HashMap<>();
  private Optional<Outcome.Failed> expectedFailure = Optional.empty();
  private Duration timeLeft = Duration.ZERO;

  RolloutProgress(
      ClusterConfig config,
      String type,
      FailedProbes probes,
      RolloutLog log,
      LongSupplier nanoTime) {
    this.config = config;
    this.type = type;
    this.probes = probes;
    this.log = log;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  /** The result of a look. */
  sealed interface Outcome {
    /** Look again when something changes, at the latest after this time. */
    record Waits(Duration limit) implements Outcome {}

    /** All pods of the release are up, and none of another gets requests. */
    record Up() implements Outcome {}

    /** It does not come up; the pod whose output says more, where there is one. */
    record Failed(ReleaseFailureCause cause, Optional<Pod> pod) implements Outcome {}
  }

  /**
   * Looks.
   *
   * @param pods those of the release and of the Deployment's template that are not on their way out
   */
  Outcome look(Deployment deployment, List<Pod> pods) {
    int wanted = wanted(deployment);
    int ready = (int) pods.stream().filter(RolloutProgress::isReady).count();
    timeLeft = left(begin, config.times().rollout());
    expectedFailure = Optional.empty();
    for (Pod pod : pods) {
      Optional<Outcome.Failed> failed = look(pod, ready, wanted);
      if (failed.isPresent()) {
        return failed.get();
      }
    }
    // The pods are seen by a watch of their own, which may have to catch up with the Deployment's.
    if (isUp(deployment, wanted) && ready >= wanted) {
      return new Outcome.Up();
    }
    refused(deployment);
    if (timeLeft.isPositive()) {
      return new Outcome.Waits(timeLeft);
    }
    return expectedFailure.orElseGet(() ->
        new Outcome.Failed(
            new ReleaseFailureCause.PodsNotUp(ready, wanted, config.times().rollout()),
            pods.stream().findFirst()));
  }

  /** Tells what an event on a pod of the release says. */
  void observe(Pod pod, Event event) {
    probes.observe(pod, event);
    StartDelays.of(event)
        .ifPresent(why ->
            tell(pod, "event/" + event.getReason(), new RolloutNotice.PodDelayed(name(pod), why)));
  }

  /** What is seen of one pod; a failure that waiting does not fix ends it. */
  private Optional<Outcome.Failed> look(Pod pod, int ready, int wanted) {
    return switch (PodState.of(pod)) {
      case PodState.Unscheduled(Optional<String> why) -> {
        why.ifPresent(text -> {
          tell(
              pod,
              "unschedulable",
              new RolloutNotice.PodDelayed(name(pod), StartDelays.unschedulable(text)));
          expectedFailure =
              failed(
                  new ReleaseFailureCause.NoRoom(name(pod), ApiText.inline(text)),
                  Optional.empty());
        });
        yield Optional.empty();
      }
      case PodState.Starting(String node) -> {
        tell(pod, "scheduled", new RolloutNotice.PodScheduled(name(pod), node));
        yield Optional.empty();
      }
      case PodState.Stuck(String reason, String message) -> {
        tell(
            pod,
            "stuck",
            new RolloutNotice.PodDelayed(name(pod), StartDelays.stuck(reason, message)));
        yield after(pod, "stuck", config.times().stuck())
            ? failed(
                new ReleaseFailureCause.PodNotStarted(
                    name(pod), PodExitDetails.stuck(reason, message)),
                Optional.empty())
            : Optional.empty();
      }
      case PodState.Initializing(String _, int restarts, var last) ->
          running(pod, new PodState.Running(false, restarts, last), ready, wanted);
      case PodState.Running running -> running(pod, running, ready, wanted);
      case PodState.Crashing(int restarts, Optional<PodState.End> last) ->
          last.isPresent() ? crashed(pod, last.get(), restarts) : Optional.empty();
      case PodState.Ended(PodState.End end) -> {
        tell(
            pod,
            "ended",
            new RolloutNotice.PodEnded(name(pod), end.exitCode(), PodExitDetails.of(pod, end)));
        yield Optional.empty();
      }
    };
  }

  private Optional<Outcome.Failed> running(
      Pod pod, PodState.Running running, int ready, int wanted) {
    tell(pod, "scheduled", new RolloutNotice.PodScheduled(name(pod), pod.getSpec().getNodeName()));
    running.last().ifPresent(end -> reportCrash(pod, end, running.restarts() - 1));
    if (running.ready()) {
      tell(
          pod, "ready/" + running.restarts(), new RolloutNotice.PodReady(name(pod), ready, wanted));
      return Optional.empty();
    }
    Duration limit = config.times().boot().plus(probes.extraTime());
    return after(pod, "boot/" + running.restarts(), limit)
        ? failed(
            probes
                .cause(pod)
                .orElseGet(() ->
                    new ReleaseFailureCause.DidNotListen(
                        config.apps().port(), limit, Optional.empty(), Optional.of(name(pod)))),
            Optional.of(pod))
        : Optional.empty();
  }

  /** A second end is no accident; nor is a first that no second attempt can fix. */
  private Optional<Outcome.Failed> crashed(Pod pod, PodState.End end, int restarts) {
    boolean hopeless =
        SlugExitCode.of(end.exitCode())
            .filter(code -> code.code() > 100 && code.fault() == SlugExitCode.Fault.USER)
            .isPresent();
    if (restarts > 0 || hopeless || probes.isStartup(pod)) {
      return failed(probes.cause(pod).orElseGet(() -> didNotStayUp(pod, end)), Optional.of(pod));
    }
    reportCrash(pod, end, restarts);
    return Optional.empty();
  }

  private ReleaseFailureCause didNotStayUp(Pod pod, PodState.End end) {
    Optional<String> name = Optional.of(name(pod));
    return type.equals(ProcessTypes.WEB)
        ? new ReleaseFailureCause.Exited(end.exitCode(), PodExitDetails.of(pod, end), name)
        : new ReleaseFailureCause.DidNotStayUp(
            type, end.exitCode(), PodExitDetails.of(pod, end), name);
  }

  private void reportCrash(Pod pod, PodState.End end, int restarts) {
    tell(
        pod,
        "crashed/" + restarts,
        new RolloutNotice.PodCrashed(name(pod), end.exitCode(), PodExitDetails.of(pod, end)));
  }

  /** The quota, or an admission controller, does not let the pods in. */
  private void refused(Deployment deployment) {
    for (DeploymentCondition condition : deployment.getStatus().getConditions()) {
      if (condition.getType().equals("ReplicaFailure") && condition.getStatus().equals("True")) {
        if (reported.add("refused")) {
          log.event(
              "refused",
              new RolloutNotice.PodsDelayed(StartDelays.refused(condition.getMessage())));
        }
        expectedFailure =
            failed(PodFailureCauses.refused(condition.getMessage()), Optional.empty());
      }
    }
  }

  /** As {@code kubectl rollout status} has it. */
  private static boolean isUp(Deployment deployment, int wanted) {
    DeploymentStatus status = deployment.getStatus();
    return CurrentPods.isObserved(deployment)
        && number(status.getUpdatedReplicas()) == wanted
        && number(status.getReplicas()) == wanted
        && number(status.getAvailableReplicas()) == wanted;
  }

  private static int wanted(Deployment deployment) {
    Integer replicas = deployment.getSpec().getReplicas();
    return replicas == null ? 1 : replicas;
  }

  private static int number(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  private static boolean isReady(Pod pod) {
    return PodState.of(pod) instanceof PodState.Running running && running.ready();
  }

  /** Whether a pod has been in a state for so long; if not, the next look is due then. */
  private boolean after(Pod pod, String state, Duration limit) {
    long first =
        since.computeIfAbsent(AppliedRelease.uid(pod) + "/" + state, key -> nanoTime.getAsLong());
    Duration left = left(first, limit);
    timeLeft = left.compareTo(timeLeft) < 0 ? left : timeLeft;
    return !left.isPositive();
  }

  private Duration left(long from, Duration limit) {
    return limit.minusNanos(nanoTime.getAsLong() - from);
  }

  private void tell(Pod pod, String key, RolloutNotice notice) {
    String whole = name(pod) + "/" + key;
    if (reported.add(whole)) {
      log.event(whole, notice);
    }
  }

  private static Optional<Outcome.Failed> failed(ReleaseFailureCause cause, Optional<Pod> pod) {
    return Optional.of(new Outcome.Failed(cause, pod));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }
}
