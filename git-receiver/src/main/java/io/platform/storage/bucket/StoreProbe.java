package io.platform.storage.bucket;

import io.platform.commons.digest.Sha256Digests;
import io.platform.storage.Digests;
import io.platform.storage.FailedOperation;
import io.platform.storage.PutOptions;
import io.platform.storage.StoreError;
import io.platform.storage.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Checks a bucket at start: an object of its own is written, listed, read, read by a signed URL as
 * a builder would, and deleted.
 */
public final class StoreProbe {
  /** A segment that no key can have, so that no listing shows what a crash leaves. */
  public static final String FOLDER = ".probe/";

  private static final Duration MOST_SKEW = Duration.ofMinutes(5);
  private static final Duration VALIDITY = Duration.ofMinutes(5);
  private static final byte[] CONTENT =
      "Written to see whether the store works.\n".getBytes(StandardCharsets.UTF_8);

  private final Bucket bucket;
  private final String folder;
  private final RequestLimits limits;

  public StoreProbe(Bucket bucket, String prefix, RequestLimits limits) {
    this.bucket = bucket;
    this.folder = prefix + FOLDER;
    this.limits = limits;
  }

  /**
   * Tries it.
   *
   * @throws IOException with a sentence that says what is wrong and what to do
   */
  public void run() throws IOException {
    String name = folder + UUID.randomUUID();
    String sha256 = Digests.hex(Sha256Digests.start().digest(CONTENT));
    try {
      bucket.put(name, CONTENT, CONTENT.length, sha256, BucketUpload.of(PutOptions.replacing()));
      try (InputStream in = bucket.get(name, 0, Long.MAX_VALUE, "").in()) {
        in.readAllBytes();
      }
      bucket.list(folder, "");
      try {
        readByUrl(name);
      } finally {
        bucket.delete(List.of(name));
      }
    } catch (IOException e) {
      throw bucket.messages().unusable(e);
    }
  }

  private void readByUrl(String name) throws IOException {
    FailedOperation failure = bucket.messages().signing(name);
    String url = bucket.signGet(name, VALIDITY);
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout((int) limits.connect().toMillis());
      connection.setReadTimeout((int) limits.firstByte().toMillis());
      int status = connection.getResponseCode();
      checkClock(connection.getDate());
      if (status != HttpURLConnection.HTTP_OK) {
        throw failure.because(
            status == HttpURLConnection.HTTP_FORBIDDEN
                ? StoreError.of(
                    StoreError.Kind.BAD_CREDENTIALS, "a URL signed with them was refused")
                : StoreError.of(
                    StoreError.Kind.OTHER, "HTTP status %d to a signed URL".formatted(status)));
      }
      try (InputStream in = connection.getInputStream()) {
        in.readAllBytes();
      }
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw failure.because(StoreError.broken(e));
    }
  }

  void checkClock(long storesMillis) throws IOException {
    if (storesMillis == 0) {
      return;
    }
    Duration skew = Duration.between(Instant.ofEpochMilli(storesMillis), Instant.now()).abs();
    if (skew.compareTo(MOST_SKEW) > 0) {
      throw bucket
          .messages()
          .signing(folder)
          .because(StoreError.of(StoreError.Kind.CLOCK, "%d minutes".formatted(skew.toMinutes())));
    }
  }
}
