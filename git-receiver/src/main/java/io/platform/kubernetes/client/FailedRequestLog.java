package io.platform.kubernetes.client;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;

/**
 * Logs requests that the API server refused and that fail nobody's work: they are repeated, or done
 * without. One that an outage failed is left out, because {@link ApiServerHealth} tells of the
 * outage once, for all.
 */
public final class FailedRequestLog {
  private FailedRequestLog() {}

  /** Logs what failed, such as "the pod x could not be removed", and why. */
  public static void warn(Logger log, KubernetesClientException failure, String failed) {
    if (ApiErrorKind.of(failure) == ApiErrorKind.PASSING) {
      log.debug("{}: {}", failed, ApiErrorKind.message(failure));
    } else {
      log.warn("{}: {}", failed, ApiErrorKind.message(failure));
    }
  }
}
