package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.ReleaseFailureCause;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodEvents;
import io.platform.kubernetes.desired.HealthProbes;
import io.platform.slug.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out for which health check the kubelet has stopped a container, or gives it no requests.
 * Its status has an exit code alone, or none; events say which probe was the reason, and what the
 * probe was answered.
 */
final class PodHealth {
  private static final Logger LOG = LoggerFactory.getLogger(PodHealth.class);
  private static final String KILLING = "Killing";
  private static final String UID = "involvedObject.uid";

  /** Times are in whole seconds, and the kubelet records an event after it has acted. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final KubernetesApi kubernetes;

  PodHealth(KubernetesApi kubernetes) {
    this.kubernetes = kubernetes;
  }

  /** The check for which the pod's container was stopped last; empty where it ended otherwise. */
  Optional<ReleaseFailureCause> cause(Pod pod) {
    Optional<ContainerStateTerminated> end = lastEnd(pod);
    if (end.isEmpty() || pod.getSpec().getContainers().stream().noneMatch(this::isProbed)) {
      return Optional.empty();
    }
    List<Event> events = events(pod).filter(event -> isDuring(end.get(), event)).toList();
    if (events.stream().noneMatch(event -> KILLING.equals(event.getReason()))) {
      return Optional.empty();
    }
    return events.stream()
        .sorted(Comparator.comparing(PodHealth::at))
        .flatMap(event -> FailedProbes.read(event).stream())
        .filter(failed -> failed.kind() != HealthCheck.Kind.READINESS)
        .reduce((earlier, later) -> later)
        .flatMap(failed -> cause(pod, failed));
  }

  /** The check for which a pod that was ready gets no requests now; empty for all others. */
  Optional<ReleaseFailureCause> unready(Pod pod) {
    Optional<Instant> started = unreadySinceStart(pod);
    if (started.isEmpty() || !HealthProbes.isDeclared(readiness(pod))) {
      return Optional.empty();
    }
    return events(pod)
        .filter(event -> !at(event).isBefore(started.get()))
        .sorted(Comparator.comparing(PodHealth::at))
        .flatMap(event -> FailedProbes.read(event).stream())
        .filter(failed -> failed.kind() == HealthCheck.Kind.READINESS)
        .reduce((earlier, later) -> later)
        .flatMap(failed -> cause(pod, failed));
  }

  private static Optional<Probe> readiness(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .map(Container::getReadinessProbe)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /**
   * When its container was started, where that runs and the pod is not ready any more: a pod that
   * has not been ready since has lost it before the start.
   */
  private static Optional<Instant> unreadySinceStart(Pod pod) {
    Optional<Instant> lost =
        pod.getStatus().getConditions().stream()
            .filter(condition -> "Ready".equals(condition.getType()))
            .filter(condition -> "False".equals(condition.getStatus()))
            .map(condition -> time(condition.getLastTransitionTime()))
            .findFirst();
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getRunning)
        .filter(Objects::nonNull)
        .map(running -> time(running.getStartedAt()))
        .filter(started -> lost.filter(started::isBefore).isPresent())
        .findFirst();
  }

  private boolean isProbed(Container container) {
    return container.getLivenessProbe() != null || container.getStartupProbe() != null;
  }

  private static Optional<ReleaseFailureCause> cause(Pod pod, FailedProbes.Failed failed) {
    Container container = pod.getSpec().getContainers().getFirst();
    Probe probe =
        switch (failed.kind()) {
          case LIVENESS -> container.getLivenessProbe();
          case STARTUP -> container.getStartupProbe();
          case READINESS -> container.getReadinessProbe();
        };
    return Optional.ofNullable(probe)
        .map(it ->
            new ReleaseFailureCause.HealthCheckFailed(
                failed.kind().word(),
                PodNames.process(pod).toString(),
                HealthProbes.asked(it),
                failed.answer(),
                Optional.ofNullable(it.getFailureThreshold()).orElse(1)));
  }

  private static Optional<ContainerStateTerminated> lastEnd(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .flatMap(status -> Stream.of(status.getState(), status.getLastState()))
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Stream<Event> events(Pod pod) {
    try {
      return kubernetes
          .client()
          .v1()
          .events()
          .inNamespace(pod.getMetadata().getNamespace())
          .withField(UID, AppliedRelease.uid(pod))
          .list()
          .getItems()
          .stream()
          .filter(event -> PodEvents.isAbout(event, AppliedRelease.uid(pod)));
    } catch (KubernetesClientException e) {
      LOG.debug(
          "the events on pod {} cannot be listed: {}",
          pod.getMetadata().getName(),
          ApiErrorKind.message(e));
      return Stream.empty();
    }
  }

  /** Whether it is about this run of the container, and not about one before or after it. */
  private static boolean isDuring(ContainerStateTerminated run, Event event) {
    Instant at = at(event);
    return !at.isBefore(time(run.getStartedAt()))
        && !at.isAfter(time(run.getFinishedAt()).plus(SLACK));
  }

  private static Instant at(Event event) {
    return time(event.getLastTimestamp());
  }

  private static Instant time(@Nullable String time) {
    return time == null ? Instant.EPOCH : Instant.parse(time);
  }
}
