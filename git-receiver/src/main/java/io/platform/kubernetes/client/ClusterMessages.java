package io.platform.kubernetes.client;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.ExitDetail;
import io.platform.failure.ExitMessages;
import io.platform.slug.ProcessTypes;
import java.util.Optional;

/** Every sentence of the package that users and operators read. */
public final class ClusterMessages {

  private ClusterMessages() {}

  // Builds

  public static String buildQuota(String why) {
    return "Waiting for room in the namespace's quota: %s"
        .formatted(ApiText.inline(ApiMessageText.QUOTA_EXCEEDED.from(why)));
  }

  public static String quotaNotCounted() {
    return "Waiting for the namespace's quota to be counted";
  }

  public static String namespaceGoes() {
    return "Waiting for Kubernetes: the namespace, or something in it, is just being removed";
  }

  public static String troubleWithKubernetes() {
    return "Waiting for Kubernetes: its API server cannot be reached, or has trouble of its own";
  }

  public static String scheduled(String pod, String node) {
    return "Pod %s starts on node %s".formatted(pod, node);
  }

  public static String unschedulable(String why) {
    return "Waiting for room in the cluster: %s".formatted(ApiText.inline(why));
  }

  public static String stuck(String reason, String message) {
    String what =
        PodState.isAboutTheImage(reason)
            ? "its image cannot be pulled"
            : "its container cannot be made";
    return "Kubernetes cannot start the pod: %s (%s). It tries again"
        .formatted(what, ApiText.detail(reason, message));
  }

  // What Kubernetes' events say

  /** What of an event is worth telling; the key names it within its pod. */
  public static Optional<String> event(Event event) {
    String message = ApiText.inline(event.getMessage() == null ? "" : event.getMessage());
    return switch (event.getReason() == null ? "" : event.getReason()) {
      case "Pulling" -> Optional.of("Pulling the image: the node does not have it yet");
      case "TriggeredScaleUp" -> Optional.of("The cluster is getting another node for it");
      case "FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox", "NetworkNotReady" ->
          Optional.of("Kubernetes has trouble to start the pod, and tries again: " + message);
      default -> Optional.empty();
    };
  }

  // Roll-outs

  /**
   * What a release without a web process means.
   *
   * @param others whether processes of other types run
   */
  public static String noWeb(boolean others) {
    return others
        ? "There is no process type `web`, so the app's URL does not answer"
        : "There is no process type `web`, so nothing runs and the app's URL shows that";
  }

  public static String starting(String type, String command) {
    return "Starting %s with command `%s`"
        .formatted(type.equals(ProcessTypes.WEB) ? "process" : type + " process", command);
  }

  public static String podStarts(String pod, String node) {
    return "%s: starts on node %s".formatted(pod, node);
  }

  public static String podTold(String pod, String what) {
    return "%s: %s".formatted(pod, what);
  }

  public static String podReady(String pod, int ready, int wanted) {
    return "%s: up (%d of %d)".formatted(pod, Math.min(ready, wanted), wanted);
  }

  public static String podCrashed(Pod pod, PodState.End end) {
    return "%s: the process %s; Kubernetes starts it again".formatted(name(pod), ended(pod, end));
  }

  /** Kubernetes ended the pod, and makes another one. */
  public static String podEnded(Pod pod, PodState.End end) {
    return PodExitDetails.of(pod, end) instanceof ExitDetail.OfPod detail
        ? podTold(name(pod), ExitMessages.pod(detail))
        : "%s: the process %s".formatted(name(pod), ended(pod, end));
  }

  public static String podsRefused(String why) {
    return isQuota(why)
        ? buildQuota(why)
        : "Kubernetes refuses to make a pod, and tries again: %s".formatted(ApiText.inline(why));
  }

  private static String ended(Pod pod, PodState.End end) {
    return ExitMessages.end(end.exitCode(), PodExitDetails.of(pod, end));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private static boolean isQuota(String why) {
    return ApiMessageText.in(why).filter(ApiMessageText.QUOTA_EXCEEDED::equals).isPresent();
  }
}
