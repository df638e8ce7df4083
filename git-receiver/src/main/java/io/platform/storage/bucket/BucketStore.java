package io.platform.storage.bucket;

import io.platform.storage.ContentDigest;
import io.platform.storage.Digests;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectKeyRule;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectWriter;
import io.platform.storage.PutOptions;
import io.platform.storage.SignedUpload;
import io.platform.storage.VerifyingStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Objects in a bucket of a cloud, under a prefix of names. */
public final class BucketStore implements ObjectStore {
  private static final int BATCH = 1000;
  private static final int BUFFER = 64 * 1024;

  private final Bucket bucket;
  private final String prefix;
  private final RequestLimits limits;
  private final UploadAbort aborts = new UploadAbort();

  /**
   * A store in a bucket.
   *
   * @param prefix empty, or ends with a slash
   */
  public BucketStore(Bucket bucket, String prefix, RequestLimits limits) {
    this.bucket = bucket;
    this.prefix = prefix;
    this.limits = limits;
  }

  private String name(String key) {
    return prefix + ObjectKeyRule.require(key);
  }

  @Override
  public ObjectWriter create(String key, PutOptions how) {
    return new BucketWriter(bucket, key, name(key), BucketUpload.of(how), limits, aborts);
  }

  @Override
  public InputStream open(String key, long from, long length) throws IOException {
    Bucket.Content content = bucket.get(name(key), from, length, "");
    Bucket.Head head = content.head();
    InputStream in = resuming(key, content, from, length);
    return from == 0 && length >= head.size()
        ? new VerifyingStream(
            in, ContentDigest.of(head.sha256Hex(), head.parts()), bucket.messages().reading(key))
        : in;
  }

  private InputStream resuming(String key, Bucket.Content content, long from, long length) {
    Bucket.Head head = content.head();
    return new ResumingStream(
        content.in(),
        from,
        Math.max(0, Math.min(length, head.size() - from)),
        (at, left) -> bucket.get(name(key), at, left, head.version()).in(),
        bucket.messages().reading(key),
        limits);
  }

  @Override
  public Optional<ObjectInfo> stat(String key) throws IOException {
    return bucket.head(name(key)).map(head -> head.info(key));
  }

  @Override
  public Optional<ObjectInfo> verified(String key) throws IOException {
    Optional<Bucket.Head> head = bucket.head(name(key));
    if (head.isEmpty()) {
      return Optional.empty();
    }
    ObjectInfo info = head.get().info(key);
    return Optional.of(head.get().checked() ? info : info.withDigest(digest(key)));
  }

  /** Computed from the content, whatever was stated. */
  private String digest(String key) throws IOException {
    ContentDigest.Whole digest = new ContentDigest.Whole("");
    Bucket.Content content = bucket.get(name(key), 0, Long.MAX_VALUE, "");
    try (InputStream in = resuming(key, content, 0, Long.MAX_VALUE)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return digest.hex();
  }

  @Override
  public Stream<ObjectInfo> list(String keyPrefix) throws IOException {
    int slash = keyPrefix.lastIndexOf('/');
    if (slash >= 0) {
      ObjectKeyRule.requireFolder(keyPrefix.substring(0, slash + 1));
    }
    return PagedListing.of(token -> bucket.list(prefix + keyPrefix, token))
        .map(info -> info.withKey(info.key().substring(prefix.length())))
        .filter(info -> ObjectKeyRule.valid(info.key()));
  }

  @Override
  public void copy(String from, String to) throws IOException {
    try {
      bucket.copy(name(from), name(to));
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(from);
    }
  }

  @Override
  public void delete(Collection<String> keys) throws IOException {
    List<String> names = keys.stream().map(this::name).toList();
    for (int i = 0; i < names.size(); i += BATCH) {
      bucket.delete(names.subList(i, Math.min(names.size(), i + BATCH)));
    }
  }

  @Override
  public void deleteAll(String keyPrefix) throws IOException {
    String folder = prefix + ObjectKeyRule.requireFolder(keyPrefix) + "/";
    bucket.abortUploads(folder, Instant.MAX);
    bucket.deleteAll(folder, Instant.MAX);
  }

  @Override
  public void sweep(Instant before) throws IOException {
    bucket.abortUploads(prefix, before);
    bucket.deleteAll(prefix + StoreProbe.FOLDER, before);
  }

  @Override
  public String signGet(String key, Duration validity) throws IOException {
    return bucket.signGet(name(key), validity);
  }

  @Override
  public SignedUpload signPut(String key, long size, String sha256Hex, Duration validity)
      throws IOException {
    return bucket.signPut(
        name(key), Digests.requireSize(size), Digests.requireHex(sha256Hex), validity);
  }

  @Override
  public void close() {
    aborts.close();
    bucket.close();
  }
}
