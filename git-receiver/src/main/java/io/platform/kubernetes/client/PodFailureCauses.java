package io.platform.kubernetes.client;

import io.platform.domain.ExitDetail;
import io.platform.domain.ReleaseFailureCause;

/** Derives from the pods of a release why they are not up. */
public final class PodFailureCauses {
  private PodFailureCauses() {}

  /** A pod whose container cannot be made now; Kubernetes tries again. */
  public static ReleaseFailureCause stuck(String reason, String message) {
    return new ReleaseFailureCause.PodStuck(
        PodExitDetails.stuck(reason, message) instanceof ExitDetail.ImageNotPulled,
        ApiText.detail(reason, message));
  }

  /** Pods that Kubernetes does not take, with the message of the Deployment's condition. */
  public static ReleaseFailureCause refused(String message) {
    return ApiMessageText.QUOTA_EXCEEDED.isIn(message)
        ? new ReleaseFailureCause.QuotaUsedUp(
            ApiText.inline(ApiMessageText.QUOTA_EXCEEDED.from(message)))
        : new ReleaseFailureCause.PodsRefused(ApiText.inline(message));
  }
}
