package io.platform.kubernetes.client;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a pod with one container, read from its status
 * (kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle). Where init containers run first, as
 * that which fetches an app's slug, their ends and what keeps them from being made are told as
 * those of the container are.
 */
public sealed interface PodState {
  /**
   * It has no node yet.
   *
   * @param why what the scheduler says, where it found none
   */
  record Unscheduled(Optional<String> why) implements PodState {}

  /** It has a node, and its container is being made. */
  record Starting(String node) implements PodState {}

  /**
   * An init container runs.
   *
   * @param restarts how often it was started again
   */
  record Initializing(String node, int restarts, Optional<End> last) implements PodState {}

  /** Its container cannot be made; Kubernetes tries again. */
  record Stuck(String reason, String message) implements PodState {}

  /**
   * Its container runs.
   *
   * @param restarts how often it was started again
   */
  record Running(boolean ready, int restarts, Optional<End> last) implements PodState {}

  /** Its container ended and is started again, after a pause of Kubernetes'. */
  record Crashing(int restarts, Optional<End> last) implements PodState {}

  /** It is over, and nothing starts again. */
  record Ended(End end) implements PodState {}

  /**
   * The end of a container.
   *
   * @param exitCode 137 where nothing is known
   * @param reason {@code Completed}, {@code Error}, {@code OOMKilled} or another word of
   *     Kubernetes', or empty
   * @param message its termination message
   * @param pod why Kubernetes ended the pod ({@code Evicted}), where it did
   * @param podMessage a sentence to that
   */
  record End(int exitCode, String reason, String message, String pod, String podMessage) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** The exit code of what was killed. */
  int KILLED = 137;

  /** Reasons of a waiting container whose image is not there. */
  Set<String> NO_IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");

  /** Reasons of a waiting container that cannot be made from its image, its config or its node. */
  Set<String> NO_CONTAINER =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  String CRASH_LOOP = "CrashLoopBackOff";

  /** The state of a pod. */
  static PodState of(Pod pod) {
    String phase = text(pod.getStatus().getPhase());
    Optional<ContainerStatus> container = InitContainers.current(pod);
    if (phase.equals("Failed") || phase.equals("Succeeded")) {
      return new Ended(end(pod, container));
    }
    if (container.isEmpty() || container.get().getState() == null) {
      return withoutContainer(pod);
    }
    return of(pod, container.get(), container.get().getState());
  }

  /** Whether a container waits for its image; else something else keeps it from being made. */
  static boolean isAboutTheImage(String reason) {
    return NO_IMAGE.contains(reason);
  }

  /**
   * Whether a pod that was deleted runs nothing any more. It can stay listed for another minute or
   * two: until the kubelet collects its containers, or as long as somebody's finalizer holds it.
   */
  static boolean hasStopped(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null
        && !pod.getStatus().getContainerStatuses().isEmpty()
        && pod.getStatus().getContainerStatuses().stream().allMatch(PodState::hasStopped);
  }

  /** The container that runs now, or is to run next, or has ended last. */
  static String container(Pod pod) {
    return InitContainers.current(pod)
        .map(ContainerStatus::getName)
        .orElseGet(() -> pod.getSpec().getContainers().getFirst().getName());
  }

  /** How often {@link #container} was started again. */
  static int restarts(Pod pod) {
    return InitContainers.current(pod).map(PodState::restarts).orElse(0);
  }

  private static int restarts(ContainerStatus container) {
    return container.getRestartCount() == null ? 0 : container.getRestartCount();
  }

  /** When a pod that has ended did so. */
  static Instant endedAt(Pod pod) {
    Optional<String> ended =
        InitContainers.current(pod).stream()
            .map(ContainerStatus::getState)
            .filter(Objects::nonNull)
            .map(state -> state.getTerminated())
            .filter(Objects::nonNull)
            .map(terminated -> terminated.getFinishedAt())
            .filter(Objects::nonNull)
            .findFirst();
    return Instant.parse(ended.orElse(pod.getMetadata().getCreationTimestamp()));
  }

  /** One that was collected already is told as waiting, and as terminated before. */
  private static boolean hasStopped(ContainerStatus container) {
    return Stream.of(container.getState(), container.getLastState())
        .filter(Objects::nonNull)
        .takeWhile(state -> state.getRunning() == null)
        .anyMatch(state -> state.getTerminated() != null);
  }

  private static PodState of(Pod pod, ContainerStatus container, ContainerState state) {
    int restarts = restarts(container);
    if (state.getRunning() != null && InitContainers.isOne(pod, container)) {
      return new Initializing(text(pod.getSpec().getNodeName()), restarts, last(pod, container));
    }
    if (state.getRunning() != null) {
      return new Running(Boolean.TRUE.equals(container.getReady()), restarts, last(pod, container));
    }
    if (state.getTerminated() != null) {
      return "Never".equals(pod.getSpec().getRestartPolicy())
          ? new Ended(end(pod, Optional.of(container)))
          : new Crashing(restarts, Optional.of(end(pod, state.getTerminated())));
    }
    String reason = state.getWaiting() == null ? "" : text(state.getWaiting().getReason());
    if (reason.equals(CRASH_LOOP)) {
      return new Crashing(restarts, last(pod, container));
    }
    return NO_IMAGE.contains(reason) || NO_CONTAINER.contains(reason)
        ? new Stuck(reason, text(state.getWaiting().getMessage()))
        : withoutContainer(pod);
  }

  private static PodState withoutContainer(Pod pod) {
    String node = text(pod.getSpec().getNodeName());
    if (!node.isEmpty()) {
      return new Starting(node);
    }
    return new Unscheduled(
        pod.getStatus().getConditions().stream()
            .filter(condition -> "PodScheduled".equals(condition.getType()))
            .filter(condition -> "Unschedulable".equals(condition.getReason()))
            .map(PodCondition::getMessage)
            .map(PodState::text)
            .findFirst());
  }

  private static Optional<End> last(Pod pod, ContainerStatus container) {
    return Optional.ofNullable(container.getLastState())
        .map(ContainerState::getTerminated)
        .map(terminated -> end(pod, terminated));
  }

  private static End end(Pod pod, Optional<ContainerStatus> container) {
    return container
        .map(ContainerStatus::getState)
        .map(ContainerState::getTerminated)
        .map(terminated -> end(pod, terminated))
        .orElseGet(() ->
            new End(
                KILLED,
                "",
                "",
                text(pod.getStatus().getReason()),
                text(pod.getStatus().getMessage())));
  }

  private static End end(Pod pod, ContainerStateTerminated terminated) {
    return new End(
        terminated.getExitCode() == null ? KILLED : terminated.getExitCode(),
        text(terminated.getReason()),
        text(terminated.getMessage()),
        text(pod.getStatus().getReason()),
        text(pod.getStatus().getMessage()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
