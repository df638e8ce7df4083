package io.platform.kubernetes.client;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.port.Unavailable;
import java.util.Optional;

/** Why the API server refused something. */
public enum ApiErrorKind {
  /** The namespace's quota is used up, or is not counted yet. */
  QUOTA,
  /** There is such an object already, or it changed meanwhile. */
  CONFLICT,
  /** It, or what it belongs to, is not there, or on its way out. */
  GONE,
  /** The platform may not do that. */
  FORBIDDEN,
  /** The API server, or an admission controller, cannot make anything of it. */
  INVALID,
  /** It could not be asked, or had trouble of its own: try again. */
  PASSING;

  private static final int FORBIDDEN_STATUS = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT_STATUS = 409;

  public static ApiErrorKind of(KubernetesClientException e) {
    String message = message(e);
    return switch (e.getCode()) {
      case FORBIDDEN_STATUS -> {
        if (message.contains("exceeded quota") || message.contains("status unknown for quota")) {
          yield QUOTA;
        }
        yield message.contains("being terminated") ? GONE : FORBIDDEN;
      }
      case NOT_FOUND -> GONE;
      case CONFLICT_STATUS -> CONFLICT;
      case 400, 405, 413, 415, 422 -> INVALID;
      default -> PASSING;
    };
  }

  /** What is thrown on: where it passes, a sentence without the client's stack trace. */
  public static RuntimeException thrown(KubernetesClientException e) {
    return of(e) == PASSING
        ? new Unavailable(
            "the Kubernetes API server does not answer, or has trouble: %s".formatted(message(e)))
        : e;
  }

  /** What the API server said, without the client's own words around it. */
  public static String message(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(status -> status.getMessage())
        .orElseGet(() -> reason(e));
  }

  /** What is innermost says most: the client wraps it in sentences about its own calls. */
  static String reason(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner.getMessage() == null ? "the connection broke off" : inner.getMessage();
  }
}
