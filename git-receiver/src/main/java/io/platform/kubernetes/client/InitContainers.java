package io.platform.kubernetes.client;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/**
 * The init containers of a pod, which run one after the other before its container. Sidecars, which
 * somebody's admission controller may add as such, are none: they run beside it
 * (kubernetes.io/docs/concepts/workloads/pods/sidecar-containers).
 */
final class InitContainers {
  private InitContainers() {}

  /**
   * The status of the init container that has not succeeded yet, or else of the pod's container;
   * empty before the kubelet has seen the pod.
   */
  static Optional<ContainerStatus> current(Pod pod) {
    Optional<ContainerStatus> container =
        pod.getStatus().getContainerStatuses().stream().findFirst();
    return container.filter(InitContainers::hasRun).isPresent()
        ? container
        : of(pod).stream().filter(status -> !hasSucceeded(status)).findFirst().or(() -> container);
  }

  static boolean isOne(Pod pod, ContainerStatus status) {
    return of(pod).contains(status);
  }

  private static List<ContainerStatus> of(Pod pod) {
    return pod.getStatus().getInitContainerStatuses().stream()
        .filter(status -> !isSidecar(pod, status))
        .toList();
  }

  private static boolean isSidecar(Pod pod, ContainerStatus status) {
    return pod.getSpec().getInitContainers().stream()
        .filter(container -> container.getName().equals(status.getName()))
        .anyMatch(container -> "Always".equals(container.getRestartPolicy()));
  }

  /** A pod whose sandbox was lost runs its init containers again, and then its container. */
  private static boolean hasRun(ContainerStatus container) {
    ContainerState state = container.getState();
    return state != null && (state.getRunning() != null || state.getTerminated() != null);
  }

  private static boolean hasSucceeded(ContainerStatus container) {
    ContainerState state = container.getState();
    return state != null
        && state.getTerminated() != null
        && Integer.valueOf(0).equals(state.getTerminated().getExitCode());
  }
}
