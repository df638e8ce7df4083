package io.platform.kubernetes.client;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.port.Unavailable;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The kinds of errors of the API server. */
public enum ApiErrorKind {
  /** The namespace's quota is used up. */
  QUOTA_EXCEEDED,
  /** The namespace's quota is not counted yet. */
  QUOTA_NOT_COUNTED,
  /** There is such an object already, or it changed meanwhile. */
  CONFLICT,
  /** It, or what it belongs to, is not there, or on its way out. */
  GONE,
  /** The platform may not do that. */
  FORBIDDEN,
  /** The API server, or an admission controller, cannot make anything of it. */
  INVALID,
  /** It could not be asked, or reported an error of its own: try again. */
  PASSING;

  /** The code of a cause, see {@code NamespaceTerminatingCause} in k8s.io/api/core/v1. */
  private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

  private static final int FORBIDDEN_STATUS = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT_STATUS = 409;

  /** By the HTTP status and, where there are any, the codes of its causes. */
  public static ApiErrorKind of(KubernetesClientException e) {
    return switch (e.getCode()) {
      case FORBIDDEN_STATUS -> forbidden(e);
      case NOT_FOUND -> GONE;
      case CONFLICT_STATUS -> CONFLICT;
      case 400, 405, 413, 415, 422 -> INVALID;
      default -> PASSING;
    };
  }

  private static ApiErrorKind forbidden(KubernetesClientException e) {
    if (hasCause(e, NAMESPACE_TERMINATING)) {
      return GONE;
    }
    String message = message(e);
    if (ApiMessageText.QUOTA_EXCEEDED.isIn(message)) {
      return QUOTA_EXCEEDED;
    }
    return ApiMessageText.QUOTA_NOT_COUNTED.isIn(message) ? QUOTA_NOT_COUNTED : FORBIDDEN;
  }

  private static boolean hasCause(KubernetesClientException e, String code) {
    return e.getStatus() != null
        && e.getStatus().getDetails() != null
        && e.getStatus().getDetails().getCauses().stream()
            .anyMatch(cause -> code.equals(cause.getReason()));
  }

  /** What is thrown on: where it passes, a sentence without the client's stack trace. */
  public static RuntimeException thrown(KubernetesClientException e) {
    return of(e) == PASSING
        ? new Unavailable(
            "the Kubernetes API server does not answer, or reports an error: %s"
                .formatted(message(e)))
        : e;
  }

  /** What the API server said, without the client's own words around it. */
  public static String message(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(status -> status.getMessage())
        .orElseGet(() -> reason(e));
  }

  /**
   * What is innermost says most: the client wraps it in sentences about its own calls. Where the
   * client itself gave up, what is innermost is only how it did so.
   */
  static String reason(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null && !isTimeout(inner)) {
      inner = inner.getCause();
    }
    if (isTimeout(inner)) {
      return "no answer came in time";
    }
    return inner.getMessage() == null ? "the connection broke off" : inner.getMessage();
  }

  /** The limit of a whole request; that of a connection is an exception of its own. */
  private static boolean isTimeout(Throwable failure) {
    return failure instanceof TimeoutException
        || failure.getClass().equals(InterruptedIOException.class);
  }
}
