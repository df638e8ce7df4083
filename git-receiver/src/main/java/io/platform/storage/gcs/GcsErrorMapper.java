package io.platform.storage.gcs;

import com.google.cloud.BaseServiceException;
import io.platform.storage.ErrorText;
import io.platform.storage.FailedOperation;
import io.platform.storage.StoreError;
import io.platform.storage.bucket.StallWatchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Maps failed requests to Google Cloud Storage to store errors. */
final class GcsErrorMapper {
  private final StallWatchdog watchdog;

  GcsErrorMapper(StallWatchdog watchdog) {
    this.watchdog = watchdog;
  }

  <T extends @Nullable Object> T ask(FailedOperation failure, Callable<T> request)
      throws IOException {
    return within(watchdog.settings().all(0), failure, request);
  }

  /** Makes a request that may take longer. */
  <T extends @Nullable Object> T within(
      Duration limit, FailedOperation failure, Callable<T> request) throws IOException {
    return watchdog.within(limit, failure, request, e -> mapped(failure, e));
  }

  private static IOException mapped(FailedOperation failure, Throwable e) {
    IOException mapped = failure.because(map(e));
    mapped.initCause(e);
    return mapped;
  }

  static StoreError map(Throwable e) {
    int status = status(e);
    String message = String.valueOf(e.getMessage());
    if (ErrorText.GOOGLE_CREDENTIALS_REFUSED.isInCausesOf(e)) {
      return ErrorText.GOOGLE_TOKEN_TIME.isInCausesOf(e)
          ? StoreError.of(StoreError.Kind.CLOCK)
          : StoreError.of(StoreError.Kind.BAD_CREDENTIALS, "invalid_grant");
    }
    return switch (status) {
      case 401 -> StoreError.of(StoreError.Kind.BAD_CREDENTIALS, "");
      case 403 ->
          ErrorText.GOOGLE_QUOTA.isInCausesOf(e)
              ? StoreError.of(StoreError.Kind.FULL)
              : StoreError.of(StoreError.Kind.DENIED);
      case 404 ->
          ErrorText.GOOGLE_NO_BUCKET.isInCausesOf(e)
              ? StoreError.of(StoreError.Kind.NO_BUCKET)
              : StoreError.of(StoreError.Kind.MISSING);
      case 410 -> StoreError.of(StoreError.Kind.ABORTED);
      case 412 -> StoreError.of(StoreError.Kind.EXISTS);
      case 507 -> StoreError.of(StoreError.Kind.FULL);
      case 408, 429, 500, 502, 503, 504 ->
          StoreError.of(StoreError.Kind.BUSY, "HTTP status " + status);
      default ->
          StoreError.connection(e)
              .orElseGet(() ->
                  StoreError.of(StoreError.Kind.OTHER, message.lines().findFirst().orElse("")));
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
}
