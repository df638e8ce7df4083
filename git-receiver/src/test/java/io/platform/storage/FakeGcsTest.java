package io.platform.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.bootstrap.ObjectStores;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.BucketUpload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against fake-gcs-server; {@code .ci/object-stores} builds and names it. It looks at no signature
 * and at none of the headers that a URL is bound to.
 */
@Tag("object-stores")
class FakeGcsTest extends BucketContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir private static @Nullable Path directory;
  private static @Nullable TestServer server;

  private String bucket = "";
  private @Nullable ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    server = FakeGcs.start(requireNonNull(directory));
  }

  @AfterAll
  static void stop() {
    requireNonNull(server).close();
  }

  @BeforeEach
  void open() throws Exception {
    bucket = "test-bucket-" + BUCKETS.incrementAndGet();
    FakeGcs.make(bucket, requireNonNull(server).url());
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
    return FakeGcs.connect(name, requireNonNull(server).url(), SMALL_PARTS);
  }

  @Override
  public ObjectStore store() {
    return requireNonNull(store);
  }

  @Override
  String bucket() {
    return bucket;
  }

  @Test
  void leavesNothingUnseenOfAnObjectOfManyParts() throws Exception {
    write("a/large", new byte[2 * SMALL_PARTS.partSize()]);
    try (Bucket raw = raw(bucket)) {
      assertThat(raw.list("", "").objects())
          .extracting(ObjectInfo::key)
          .containsExactly("objects/a/large");
    }
  }

  @Test
  void sweepsWhatWasNeverMadeAnObject() throws Exception {
    try (Bucket raw = raw(bucket)) {
      BucketUpload upload = BucketUpload.of(PutOptions.replacing());
      for (String name : List.of("objects/.upload/a/b/slug/1", "objects/.upload/b/slug/2")) {
        raw.put(name, new byte[1], 1, sha256(new byte[1]), upload);
      }
      store().sweep(Instant.now().minusSeconds(3600));
      assertThat(raw.list("objects/.upload/", "").objects()).hasSize(2);
      store().deleteAll("a/b/");
      assertThat(raw.list("objects/.upload/", "").objects())
          .extracting(ObjectInfo::key)
          .containsExactly("objects/.upload/b/slug/2");
      store().sweep(Instant.now().plusSeconds(60));
      assertThat(raw.list("objects/.upload/", "").objects()).isEmpty();
    }
  }

  @Override
  boolean checksSignatures() {
    return false;
  }

  @Override
  boolean checksDigests() {
    return false;
  }

  @Override
  boolean checksSizes() {
    return false;
  }

  @Override
  boolean deletesUploads() {
    return false;
  }
}
