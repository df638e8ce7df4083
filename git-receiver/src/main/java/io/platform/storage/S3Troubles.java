package io.platform.storage;

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

/** Tells the failures of S3 requests apart, by status and error code. */
final class S3Troubles {
  private static final Pattern EXPECTING = Pattern.compile("expecting '([a-z0-9-]+)'");
  private static final String BEYOND_END = "InvalidRange";

  private final String region;
  private final Requests requests;

  S3Troubles(String region, Requests requests) {
    this.region = region;
    this.requests = requests;
  }

  /** A request of the SDK. */
  @FunctionalInterface
  interface Request<T> {
    T send();
  }

  <T> T ask(Failure failure, Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (AbortedException e) {
      throw interrupted(e);
    } catch (SdkException e) {
      throw told(failure, e);
    }
  }

  /** As {@link #ask}, for a request that sends bytes: it ends where nobody takes them. */
  <T> T send(long bytes, Failure failure, Request<T> request) throws IOException {
    return requests.within(
        requests.settings().all(bytes), failure, request::send, e -> sent(failure, e));
  }

  private IOException sent(Failure failure, Throwable e) {
    return switch (e) {
      case AbortedException interrupted -> failure.because(Trouble.of(Trouble.Kind.TOO_SLOW));
      case SdkException refused -> told(failure, refused);
      default -> throw new IllegalStateException(e);
    };
  }

  /** As {@link #ask}, empty where there is no such object. */
  <T> Optional<T> find(Failure failure, Request<T> request) throws IOException {
    try {
      return Optional.of(request.send());
    } catch (AbortedException e) {
      throw interrupted(e);
    } catch (SdkException e) {
      Trouble trouble = trouble(e);
      if (trouble.kind() == Trouble.Kind.MISSING || trouble.kind() == Trouble.Kind.ABORTED) {
        return Optional.empty();
      }
      throw told(failure, e);
    }
  }

  private static IOException interrupted(AbortedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted =
        new InterruptedIOException("interrupted while the object store was asked");
    interrupted.initCause(e);
    return interrupted;
  }

  private IOException told(Failure failure, SdkException e) {
    IOException told = failure.because(trouble(e));
    told.initCause(e);
    return told;
  }

  static boolean isBeyondEnd(StoreException e) {
    return e.trouble().detail().startsWith(BEYOND_END);
  }

  Trouble trouble(SdkException e) {
    return switch (e) {
      case ApiCallTimeoutException slow -> Trouble.of(Trouble.Kind.TOO_SLOW);
      case ApiCallAttemptTimeoutException slow -> Trouble.of(Trouble.Kind.TOO_SLOW);
      case AwsServiceException answer -> answered(answer);
      default ->
          Trouble.connection(e)
              .orElseGet(() ->
                  String.valueOf(e.getMessage()).contains("Unable to load credentials")
                      ? Trouble.of(Trouble.Kind.NO_CREDENTIALS)
                      : Trouble.of(Trouble.Kind.OTHER, plain(e.getMessage())));
    };
  }

  private Trouble answered(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : orEmpty(e.awsErrorDetails().errorCode());
    String message = e.awsErrorDetails() == null ? "" : orEmpty(e.awsErrorDetails().errorMessage());
    Optional<String> right =
        e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null
            ? Optional.empty()
            : e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
    if (right.filter(its -> !its.equals(region)).isPresent()) {
      return Trouble.of(Trouble.Kind.WRONG_REGION, right.get());
    }
    Trouble named = named(code, message);
    return named.kind() == Trouble.Kind.OTHER ? byStatus(e.statusCode(), code, message) : named;
  }

  /** What an error code of S3's means. */
  static Trouble named(String code, String message) {
    return switch (code) {
      case "NoSuchBucket" -> Trouble.of(Trouble.Kind.NO_BUCKET);
      case "NoSuchKey" -> Trouble.of(Trouble.Kind.MISSING);
      case "NoSuchUpload" -> Trouble.of(Trouble.Kind.ABORTED);
      case "PreconditionFailed", "ConditionalRequestConflict" -> Trouble.of(Trouble.Kind.EXISTS);
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          Trouble.of(Trouble.Kind.WRONG_REGION, expected(message));
      case "AccessDenied", "AllAccessDisabled", "AccountProblem" -> Trouble.of(Trouble.Kind.DENIED);
      case "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "TokenRefreshRequired" ->
          Trouble.of(Trouble.Kind.BAD_CREDENTIALS, code);
      case "RequestTimeTooSkewed", "RequestExpired" -> Trouble.of(Trouble.Kind.CLOCK);
      case "QuotaExceeded",
          "XMinioAdminBucketQuotaExceeded",
          "XMinioStorageFull",
          "InsufficientStorage" ->
          Trouble.of(Trouble.Kind.FULL);
      case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch" ->
          Trouble.of(Trouble.Kind.DAMAGED, "the bytes were changed on their way");
      default ->
          Trouble.of(Trouble.Kind.OTHER, plain(code + (message.isEmpty() ? "" : ": " + message)));
    };
  }

  private static Trouble byStatus(int status, String code, String message) {
    return switch (status) {
      case 301, 307 -> Trouble.of(Trouble.Kind.WRONG_REGION);
      case 401 -> Trouble.of(Trouble.Kind.BAD_CREDENTIALS, code);
      case 403 -> Trouble.of(Trouble.Kind.DENIED);
      case 404 -> Trouble.of(Trouble.Kind.MISSING);
      case 412 -> Trouble.of(Trouble.Kind.EXISTS);
      case 416 -> Trouble.of(Trouble.Kind.OTHER, BEYOND_END);
      case 507 -> Trouble.of(Trouble.Kind.FULL);
      case 429, 500, 502, 503, 504 ->
          Trouble.of(
              Trouble.Kind.BUSY,
              "HTTP status %d%s".formatted(status, code.isEmpty() ? "" : ", " + code));
      default ->
          Trouble.of(
              Trouble.Kind.OTHER,
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
