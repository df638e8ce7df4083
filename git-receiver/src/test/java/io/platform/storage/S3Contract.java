package io.platform.storage;

import io.platform.bootstrap.ObjectStores;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.s3.S3Bucket;
import io.platform.storage.s3.S3Connection;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The behaviour of S3's protocol, on a server that a subclass names. */
abstract class S3Contract extends BucketContract {
  static final String USER = "platform-test";
  static final String PASSWORD = "platform-test-secret";
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, PASSWORD));

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private String bucket = "";
  private @org.jspecify.annotations.Nullable ObjectStore store;

  /** Where the server is. */
  abstract URI endpoint();

  static StoreLocation.InS3 location(String bucket, URI endpoint) {
    return new StoreLocation.InS3(
        bucket, "objects/", Optional.of(endpoint), Optional.of("us-east-1"), true);
  }

  static void make(String bucket, URI endpoint) throws IOException {
    asked(bucket, endpoint, client -> client.createBucket(b -> b.bucket(bucket)));
  }

  /** What a server answers when it is asked by the SDK alone. */
  static <T> T asked(String bucket, URI endpoint, Function<S3Client, T> request)
      throws IOException {
    S3Connection connection =
        S3Connection.open(location(bucket, endpoint), SMALL_PARTS, CREDENTIALS);
    try (S3Client client = connection.client();
        S3Presigner _ = connection.presigner()) {
      return request.apply(client);
    }
  }

  @BeforeEach
  void open() throws IOException {
    bucket = "test-bucket-" + BUCKETS.incrementAndGet();
    make(bucket, endpoint());
    store = open(bucket).store();
  }

  @AfterEach
  void close() {
    store().close();
  }

  @Override
  ObjectStores.Opened open(String name) throws IOException {
    return ObjectStores.tried(raw(name), "objects/", SMALL_PARTS);
  }

  @Override
  Bucket raw(String name) throws IOException {
    return S3Bucket.open(location(name, endpoint()), SMALL_PARTS, CREDENTIALS);
  }

  @Override
  public ObjectStore store() {
    return java.util.Objects.requireNonNull(store);
  }

  @Override
  String bucket() {
    return bucket;
  }
}
