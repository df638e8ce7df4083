package io.platform.kubernetes.client;

import io.fabric8.kubernetes.api.model.Event;
import io.platform.domain.StartDelay;
import java.util.Optional;

/** Derives from a pod and its events why it does not run yet. */
public final class StartDelays {
  private StartDelays() {}

  /** The API server refused a pod, because the quota is used up. */
  public static StartDelay quota(String message) {
    return new StartDelay.QuotaUsedUp(ApiText.inline(ApiMessageText.QUOTA_EXCEEDED.from(message)));
  }

  /** Tells such a delay once. The scheduler's counts of nodes change all the time. */
  public static String unschedulableKey(String message) {
    return "unschedulable/" + Integer.toHexString(message.replaceAll("[0-9]+", "").hashCode());
  }

  /** Likewise. Kubernetes changes to and fro between an error and its back-off. */
  public static String stuckKey(String reason) {
    return "stuck/" + (reason.equals("ImagePullBackOff") ? "ErrImagePull" : reason);
  }

  /** The scheduler finds no node. */
  public static StartDelay unschedulable(String message) {
    return new StartDelay.NoRoom(ApiText.inline(message));
  }

  /** The container waits for this reason. */
  public static StartDelay stuck(String reason, String message) {
    String detail = ApiText.detail(reason, message);
    return PodState.isAboutTheImage(reason)
        ? new StartDelay.ImageNotPulled(detail)
        : new StartDelay.ContainerNotCreated(detail);
  }

  /** A Deployment gets no pods, with the message of its condition. */
  public static StartDelay refused(String message) {
    return ApiMessageText.QUOTA_EXCEEDED.isIn(message)
        ? quota(message)
        : new StartDelay.PodRefused(ApiText.inline(message));
  }

  /** An event on a pod; empty if it delays nothing. */
  public static Optional<StartDelay> of(Event event) {
    String message = ApiText.inline(event.getMessage() == null ? "" : event.getMessage());
    return switch (event.getReason() == null ? "" : event.getReason()) {
      case "Pulling" -> Optional.of(new StartDelay.PullingImage());
      case "TriggeredScaleUp" -> Optional.of(new StartDelay.AddingNode());
      case "FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox", "NetworkNotReady" ->
          Optional.of(new StartDelay.StartFails(message));
      default -> Optional.empty();
    };
  }
}
