package io.platform.storage.gcs;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import io.platform.storage.StoreLocation;
import io.platform.storage.bucket.RequestLimits;
import io.platform.storage.bucket.StallWatchdog;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client of one place.
 *
 * @param once the same, but it tries nothing again
 * @param signer signs URLs: with the key of a key file, or by asking IAM
 * @param endpoint scheme, host and port
 * @param watchdog ends its requests
 */
public record GoogleConnection(
    Storage storage,
    Storage once,
    ServiceAccountSigner signer,
    String endpoint,
    StallWatchdog watchdog) {
  private static final String GOOGLE = "https://storage.googleapis.com";
  private static final Pattern BAD_KEY_FILE =
      Pattern.compile("variable GOOGLE_APPLICATION_CREDENTIALS, value '(.*?)': (.*?)\\.?(?:\\R|$)");
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** Opens with the credentials that Google's own tools would find. */
  static GoogleConnection open(StoreLocation.InGoogle location, RequestLimits limits)
      throws IOException {
    Optional<GoogleCredentials> found;
    try {
      found = Optional.of(GoogleCredentials.getApplicationDefault());
    } catch (IOException e) {
      requireNoBadKeyFile(location, e);
      if (location.endpoint().isEmpty()) {
        throw new IOException(
            "The object store gs://%s cannot be used: no credentials were found. Set GOOGLE_APPLICATION_CREDENTIALS to a key file, or give the machine a service account: docs/object-storage.md tells how."
                .formatted(location.bucket()),
            e);
      }
      found = Optional.empty();
    }
    return open(location, limits, found);
  }

  /** A key file that is named and cannot be read is a mistake, also where none is needed. */
  private static void requireNoBadKeyFile(StoreLocation.InGoogle location, IOException e)
      throws IOException {
    Matcher named = BAD_KEY_FILE.matcher(String.valueOf(e.getMessage()));
    if (named.find()) {
      throw new IOException(
          "The object store gs://%s cannot be used: GOOGLE_APPLICATION_CREDENTIALS is %s, which is no key file that can be read (%s). Correct it, or unset it to use the machine's service account."
              .formatted(location.bucket(), named.group(1), named.group(2)),
          e);
    }
  }

  public static GoogleConnection open(
      StoreLocation.InGoogle location,
      RequestLimits limits,
      Optional<GoogleCredentials> credentials)
      throws IOException {
    Credentials requests =
        credentials
            .<Credentials>map(GoogleConnection::withoutTokenServer)
            .orElseGet(NoCredentials::getInstance);
    String endpoint = location.endpoint().map(URI::toString).orElse(GOOGLE);
    StallWatchdog connections = new StallWatchdog(limits);
    StorageOptions.Builder options =
        StorageOptions.http()
            .setCredentials(requests)
            .setRetrySettings(retries(limits, limits.attempts()))
            .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy())
            .setTransportOptions(GoogleTransport.of(connections));
    // Only projects are asked for by their names; objects are not.
    options.setProjectId("platform");
    location.endpoint().ifPresent(uri -> options.setHost(uri.toString()));
    ServiceAccountSigner signer =
        credentials.isPresent() ? signer(credentials.get(), location) : anonymousSigner();
    Storage storage = options.build().getService();
    Storage once = options.setRetrySettings(retries(limits, 1)).build().getService();
    return new GoogleConnection(storage, once, signer, endpoint, connections);
  }

  /** A key file's credentials sign their own access tokens: one server less to depend on. */
  private static Credentials withoutTokenServer(GoogleCredentials credentials) {
    return credentials instanceof ServiceAccountCredentials account
        ? account.createWithUseJwtAccessWithScope(true)
        : credentials;
  }

  private static ServiceAccountSigner signer(
      GoogleCredentials credentials, StoreLocation.InGoogle location) throws IOException {
    if (credentials instanceof ServiceAccountSigner signer) {
      return signer;
    }
    throw new IOException(
        "The object store gs://%s cannot be used: the credentials that were found are a person's, and cannot sign URLs for builders. Use a service account: its key file, the machine's, or one that the person may impersonate (gcloud auth application-default login --impersonate-service-account=ACCOUNT)."
            .formatted(location.bucket()));
  }

  /** An emulator that takes requests without credentials takes any signature, too. */
  private static ServiceAccountSigner anonymousSigner() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return ServiceAccountCredentials.newBuilder()
          .setClientEmail("platform@emulator.invalid")
          .setClientId("platform")
          .setPrivateKeyId("none")
          .setPrivateKey(generator.generateKeyPair().getPrivate())
          .build();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private static RetrySettings retries(RequestLimits limits, int attempts) {
    return RetrySettings.newBuilder()
        .setMaxAttempts(attempts)
        .setInitialRetryDelayDuration(FIRST_PAUSE)
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(limits.mostPause())
        .setTotalTimeoutDuration(limits.all(limits.partSize()))
        .build();
  }
}
