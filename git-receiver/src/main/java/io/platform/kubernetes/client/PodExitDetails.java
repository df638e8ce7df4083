package io.platform.kubernetes.client;

import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.ExitDetail;
import java.util.Optional;

/** Reads details of the end of a process, beside its exit code, from a pod's status. */
public final class PodExitDetails {
  private PodExitDetails() {}

  /** How a process of the pod ended. */
  public static ExitDetail of(Pod pod, PodState.End end) {
    return end.reason().equals("OOMKilled")
        ? outOfMemory(pod)
        : ofPod(end).<ExitDetail>map(detail -> detail).orElse(new ExitDetail.Unknown());
  }

  /** A process of the pod needed more memory than its container may have. */
  public static ExitDetail outOfMemory(Pod pod) {
    return new ExitDetail.OutOfMemory(memoryLimit(pod));
  }

  /** As {@link #of}, of a pod whose deletion is an end, too. */
  public static ExitDetail ofBuilder(Pod pod, PodState.End end) {
    ExitDetail detail = of(pod, end);
    boolean deleted = pod.getMetadata().getDeletionTimestamp() != null;
    return deleted && !(detail instanceof ExitDetail.OutOfMemory)
        ? new ExitDetail.PodDeleted()
        : detail;
  }

  /** Why Kubernetes could not start a pod, where it tries no more. */
  public static ExitDetail.OfPod stuck(String reason, String message) {
    String detail = ApiText.detail(reason, message);
    return PodState.isAboutTheImage(reason)
        ? new ExitDetail.ImageNotPulled(detail)
        : new ExitDetail.ContainerNotMade(detail);
  }

  /** Why Kubernetes itself ended the pod or could not start it; empty where it did not. */
  private static Optional<ExitDetail.OfPod> ofPod(PodState.End end) {
    if (end.pod().equals("DeadlineExceeded")) {
      return Optional.of(new ExitDetail.PodDeadline());
    }
    if (!end.pod().isEmpty()) {
      return Optional.of(new ExitDetail.PodEnded(ApiText.detail(end.pod(), end.podMessage())));
    }
    return end.reason().equals("StartError") || end.reason().equals("ContainerCannotRun")
        ? Optional.of(
            new ExitDetail.ContainerNotStarted(ApiText.detail(end.reason(), end.message())))
        : Optional.empty();
  }

  private static String memoryLimit(Pod pod) {
    return String.valueOf(
        pod.getSpec().getContainers().getFirst().getResources().getLimits().get("memory"));
  }
}
