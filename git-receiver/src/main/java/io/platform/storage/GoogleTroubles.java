package io.platform.storage;

import com.google.cloud.BaseServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Tells the failures of requests to Google Cloud Storage apart. */
final class GoogleTroubles {
  private final Requests requests;

  GoogleTroubles(Requests requests) {
    this.requests = requests;
  }

  <T extends @Nullable Object> T ask(Failure failure, Callable<T> request) throws IOException {
    return within(requests.settings().all(0), failure, request);
  }

  /** Makes a request that may take longer. */
  <T extends @Nullable Object> T within(Duration limit, Failure failure, Callable<T> request)
      throws IOException {
    return requests.within(limit, failure, request, e -> told(failure, e));
  }

  private static IOException told(Failure failure, Throwable e) {
    IOException told = failure.because(trouble(e));
    told.initCause(e);
    return told;
  }

  static Trouble trouble(Throwable e) {
    int status = status(e);
    String message = String.valueOf(e.getMessage());
    String all = everything(e);
    if (all.contains("invalid_grant") && all.contains("iat")) {
      return Trouble.of(Trouble.Kind.CLOCK);
    }
    if (all.contains("invalid_grant") || all.contains("invalid_client")) {
      return Trouble.of(Trouble.Kind.BAD_CREDENTIALS, "invalid_grant");
    }
    return switch (status) {
      case 401 -> Trouble.of(Trouble.Kind.BAD_CREDENTIALS, "");
      case 403 ->
          all.contains("quota") ? Trouble.of(Trouble.Kind.FULL) : Trouble.of(Trouble.Kind.DENIED);
      case 404 ->
          all.contains("bucket does not exist") || all.contains("no such bucket")
              ? Trouble.of(Trouble.Kind.NO_BUCKET)
              : Trouble.of(Trouble.Kind.MISSING);
      case 410 -> Trouble.of(Trouble.Kind.ABORTED);
      case 412 -> Trouble.of(Trouble.Kind.EXISTS);
      case 507 -> Trouble.of(Trouble.Kind.FULL);
      case 408, 429, 500, 502, 503, 504 -> Trouble.of(Trouble.Kind.BUSY, "HTTP status " + status);
      default ->
          Trouble.connection(e)
              .orElseGet(
                  () -> Trouble.of(Trouble.Kind.OTHER, message.lines().findFirst().orElse("")));
    };
  }

  private static int status(Throwable e) {
    @Nullable Throwable cause = e;
    while (cause != null) {
      if (cause instanceof BaseServiceException answer && answer.getCode() > 0) {
        return answer.getCode();
      }
      cause = cause.getCause();
    }
    return 0;
  }

  private static String everything(Throwable e) {
    StringBuilder messages = new StringBuilder();
    @Nullable Throwable cause = e;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      messages.append(cause.getMessage()).append('\n');
    }
    return messages.toString().toLowerCase(Locale.ROOT);
  }
}
