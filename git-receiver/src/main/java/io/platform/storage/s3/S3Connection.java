package io.platform.storage.s3;

import io.platform.storage.StoreLocation;
import io.platform.storage.bucket.RequestLimits;
import io.platform.storage.bucket.StallWatchdog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The clients of one place.
 *
 * @param endpoint for people
 * @param amazon whether it is Amazon's own S3
 * @param watchdog ends its requests
 */
public record S3Connection(
    S3Client client,
    S3Presigner presigner,
    String endpoint,
    String region,
    boolean amazon,
    StallWatchdog watchdog) {
  private static final java.time.Duration FIRST_PAUSE = java.time.Duration.ofMillis(100);

  public static S3Connection open(
      StoreLocation.InS3 location, RequestLimits limits, AwsCredentialsProvider credentials)
      throws IOException {
    Region region = region(location);
    S3Configuration style =
        S3Configuration.builder()
            .chunkedEncodingEnabled(false) // a stored length and digest, not a stream's framing
            .pathStyleAccessEnabled(location.pathStyle())
            .build();
    StallWatchdog watchdog = new StallWatchdog(limits);
    S3ClientBuilder client =
        S3Client.builder()
            .httpClientBuilder(defaults -> transport(limits, watchdog))
            .credentialsProvider(credentials)
            .region(region)
            .serviceConfiguration(style)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(o ->
                o.retryStrategy(retries(limits))
                    .apiCallAttemptTimeout(limits.attempt(0))
                    .apiCallTimeout(limits.all(0)));
    S3Presigner.Builder presigner =
        S3Presigner.builder()
            .credentialsProvider(credentials)
            .region(region)
            .serviceConfiguration(style);
    location
        .endpoint()
        .ifPresent(endpoint -> {
          client.endpointOverride(endpoint);
          presigner.endpointOverride(endpoint);
        });
    String endpoint =
        location
            .endpoint()
            .map(URI::toString)
            .orElseGet(() -> "https://s3.%s.amazonaws.com".formatted(region.id()));
    return new S3Connection(
        client.build(),
        presigner.build(),
        endpoint,
        region.id(),
        location.endpoint().isEmpty(),
        watchdog);
  }

  private static SdkHttpClient transport(RequestLimits limits, StallWatchdog watchdog) {
    return new S3Transport(
        UrlConnectionHttpClient.builder()
            .connectionTimeout(limits.connect())
            .socketTimeout(limits.stall())
            .build(),
        watchdog);
  }

  /** Servers of others have no regions, but signatures need one. */
  private static Region region(StoreLocation.InS3 location) throws IOException {
    if (location.region().isPresent()) {
      return Region.of(location.region().get());
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException e) {
      if (location.endpoint().isPresent()) {
        return Region.US_EAST_1;
      }
      throw new IOException(
          "The object store s3://%s cannot be used: its region is not known. Put it into the URL: ?region=REGION, or set AWS_REGION."
              .formatted(location.bucket()),
          e);
    }
  }

  private static StandardRetryStrategy retries(RequestLimits limits) {
    BackoffStrategy pauses = BackoffStrategy.exponentialDelay(FIRST_PAUSE, limits.mostPause());
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(limits.attempts())
        .backoffStrategy(pauses)
        .throttlingBackoffStrategy(pauses)
        .build();
  }

  /** The limits of a request that sends, or lets the store copy, so many bytes. */
  static Consumer<AwsRequestOverrideConfiguration.Builder> sending(
      RequestLimits limits, long bytes) {
    return o -> o.apiCallAttemptTimeout(limits.attempt(bytes)).apiCallTimeout(limits.all(bytes));
  }

  /** A body that is not copied, and can be sent again. */
  static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }
}
