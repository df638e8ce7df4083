package io.platform.storage.s3;

import io.platform.storage.ErrorText;
import io.platform.storage.FailedOperation;
import io.platform.storage.StoreError;
import io.platform.storage.StoreException;
import io.platform.storage.bucket.StallWatchdog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Maps failed S3 requests to store errors, by status and error code. */
final class S3ErrorMapper {
  private static final Pattern EXPECTING = Pattern.compile("expecting '([a-z0-9-]+)'");
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final String region;
  private final StallWatchdog watchdog;

  S3ErrorMapper(String region, StallWatchdog watchdog) {
    this.region = region;
    this.watchdog = watchdog;
  }

  /** A request of the SDK. */
  @FunctionalInterface
  interface Request<T> {
    T send();
  }

  <T> T ask(FailedOperation failure, Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (AbortedException e) {
      throw interrupted(e);
    } catch (SdkException e) {
      throw mapped(failure, e);
    }
  }

  /** As {@link #ask}, for a request that sends bytes: it ends where nobody takes them. */
  <T> T send(long bytes, FailedOperation failure, Request<T> request) throws IOException {
    return watchdog.within(
        watchdog.settings().all(bytes), failure, request::send, e -> sent(failure, e));
  }

  private IOException sent(FailedOperation failure, Throwable e) {
    return switch (e) {
      case AbortedException interrupted -> failure.because(StoreError.of(StoreError.Kind.TOO_SLOW));
      case SdkException refused -> mapped(failure, refused);
      default -> throw new IllegalStateException(e);
    };
  }

  /** As {@link #ask}, empty where there is no such object. */
  <T> Optional<T> find(FailedOperation failure, Request<T> request) throws IOException {
    try {
      return Optional.of(request.send());
    } catch (AbortedException e) {
      throw interrupted(e);
    } catch (SdkException e) {
      StoreError error = map(e);
      if (error.kind() == StoreError.Kind.MISSING || error.kind() == StoreError.Kind.ABORTED) {
        return Optional.empty();
      }
      throw mapped(failure, e);
    }
  }

  private static IOException interrupted(AbortedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted =
        new InterruptedIOException("interrupted while the object store was asked");
    interrupted.initCause(e);
    return interrupted;
  }

  private IOException mapped(FailedOperation failure, SdkException e) {
    IOException mapped = failure.because(map(e));
    mapped.initCause(e);
    return mapped;
  }

  /** Whether a part was asked for that begins behind the end of its object. */
  static boolean isBeyondEnd(StoreException e) {
    return e.getCause() instanceof AwsServiceException answer
        && answer.statusCode() == RANGE_NOT_SATISFIABLE;
  }

  StoreError map(SdkException e) {
    return switch (e) {
      case ApiCallTimeoutException slow -> StoreError.of(StoreError.Kind.TOO_SLOW);
      case ApiCallAttemptTimeoutException slow -> StoreError.of(StoreError.Kind.TOO_SLOW);
      case AwsServiceException answer -> answered(answer);
      default ->
          StoreError.connection(e)
              .orElseGet(() ->
                  ErrorText.NO_AWS_CREDENTIALS.isIn(e)
                      ? StoreError.of(StoreError.Kind.NO_CREDENTIALS)
                      : StoreError.of(StoreError.Kind.OTHER, plain(e.getMessage())));
    };
  }

  private StoreError answered(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : orEmpty(e.awsErrorDetails().errorCode());
    String message = e.awsErrorDetails() == null ? "" : orEmpty(e.awsErrorDetails().errorMessage());
    Optional<String> right =
        e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null
            ? Optional.empty()
            : e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
    if (right.filter(its -> !its.equals(region)).isPresent()) {
      return StoreError.of(StoreError.Kind.WRONG_REGION, right.get());
    }
    StoreError named = named(code, message);
    return named.kind() == StoreError.Kind.OTHER ? byStatus(e.statusCode(), code, message) : named;
  }

  /** What an error code of S3's means. */
  static StoreError named(String code, String message) {
    return switch (code) {
      case "NoSuchBucket" -> StoreError.of(StoreError.Kind.NO_BUCKET);
      case "NoSuchKey" -> StoreError.of(StoreError.Kind.MISSING);
      case "NoSuchUpload" -> StoreError.of(StoreError.Kind.ABORTED);
      case "PreconditionFailed", "ConditionalRequestConflict" ->
          StoreError.of(StoreError.Kind.EXISTS);
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          StoreError.of(StoreError.Kind.WRONG_REGION, expected(message));
      case "AccessDenied", "AllAccessDisabled", "AccountProblem" ->
          StoreError.of(StoreError.Kind.DENIED);
      case "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "TokenRefreshRequired" ->
          StoreError.of(StoreError.Kind.BAD_CREDENTIALS, code);
      case "RequestTimeTooSkewed", "RequestExpired" -> StoreError.of(StoreError.Kind.CLOCK);
      case "QuotaExceeded",
          "XMinioAdminBucketQuotaExceeded",
          "XMinioStorageFull",
          "InsufficientStorage" ->
          StoreError.of(StoreError.Kind.FULL);
      case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch" ->
          StoreError.of(StoreError.Kind.DAMAGED, "the bytes were changed on their way");
      default ->
          StoreError.of(
              StoreError.Kind.OTHER, plain(code + (message.isEmpty() ? "" : ": " + message)));
    };
  }

  private static StoreError byStatus(int status, String code, String message) {
    return switch (status) {
      case 301, 307 -> StoreError.of(StoreError.Kind.WRONG_REGION);
      case 401 -> StoreError.of(StoreError.Kind.BAD_CREDENTIALS, code);
      case 403 -> StoreError.of(StoreError.Kind.DENIED);
      case 404 -> StoreError.of(StoreError.Kind.MISSING);
      case 412 -> StoreError.of(StoreError.Kind.EXISTS);
      case 507 -> StoreError.of(StoreError.Kind.FULL);
      case 429, 500, 502, 503, 504 ->
          StoreError.of(
              StoreError.Kind.BUSY,
              "HTTP status %d%s".formatted(status, code.isEmpty() ? "" : ", " + code));
      default ->
          StoreError.of(
              StoreError.Kind.OTHER,
              "HTTP status %d %s".formatted(status, plain(code + " " + message)));
    };
  }

  private static String expected(String message) {
    Matcher expecting = EXPECTING.matcher(message);
    return expecting.find() ? String.valueOf(expecting.group(1)) : "";
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }

  /** Without what the SDK adds for its developers, and without an end of its own. */
  private static String plain(@org.jspecify.annotations.Nullable String text) {
    return orEmpty(text).replaceAll("\\(Service: .*$", "").strip().replaceAll("\\.$", "");
  }
}
