package io.platform.storage.bucket;

import io.platform.storage.ObjectInfo;
import io.platform.storage.PartedDigest;
import io.platform.storage.SignedUpload;
import io.platform.storage.StoreMessages;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket of a cloud: what differs between them. Names are whole, with the store's prefix; all
 * that the clouds have in common is in {@link BucketStore}.
 */
public interface Bucket extends Closeable {
  /** How this bucket's failures are told. */
  StoreMessages messages();

  /**
   * Stores a small object by one request.
   *
   * @param bytes of which {@code length} count
   * @throws java.nio.file.FileAlreadyExistsException where it may not replace another
   */
  void put(String name, byte[] bytes, int length, String sha256Hex, BucketUpload upload)
      throws IOException;

  /** Starts an object of several parts. */
  Parts begin(String name, BucketUpload upload) throws IOException;

  /** An object of several parts on its way. */
  interface Parts {
    /** How many parts may be on their way at once; with one, they come in order. */
    int parallel();

    /**
     * Sends a part.
     *
     * @param number from 1 on
     * @param bytes of which {@code length} count
     */
    void send(int number, byte[] bytes, int length, boolean last) throws IOException;

    /** Makes the object visible. */
    void complete(long size, String sha256Hex) throws IOException;

    /** Gives up, so that nothing is left of the parts; a repeat does nothing. */
    void abort() throws IOException;
  }

  /**
   * What a bucket knows of an object.
   *
   * @param sha256Hex as stated when it was stored; empty where it was not
   * @param checked whether the bucket itself has compared content and digest
   * @param parts the digest of the digests of an object of several parts
   * @param version names this content under its name
   */
  record Head(
      long size,
      Instant modified,
      Map<String, String> metadata,
      String sha256Hex,
      boolean checked,
      Optional<PartedDigest> parts,
      String version) {
    public ObjectInfo info(String key) {
      return new ObjectInfo(key, size, sha256Hex, modified, ObjectInfo.visible(metadata));
    }
  }

  /** An object's content from an offset on, and what is known of the object. */
  record Content(InputStream in, Head head) {}

  /**
   * Opens an object; the stream ends early where the connection does.
   *
   * @param length at most so many bytes
   * @param version empty, or the only one that will do
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  Content get(String name, long from, long length, String version) throws IOException;

  /** What is known of an object; empty where there is none. */
  Optional<Head> head(String name) throws IOException;

  /** Some objects in the order of their names, and where to go on. */
  record Page(List<ObjectInfo> objects, Optional<String> next) {}

  /**
   * Lists objects under their whole names.
   *
   * @param next what the page before said; empty for the first
   */
  Page list(String prefix, String next) throws IOException;

  /**
   * Copies an object with its metadata.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  void copy(String from, String to) throws IOException;

  /** Deletes at most 1,000 objects; those that are not there are no error. */
  void delete(List<String> names) throws IOException;

  /** Deletes the objects under a prefix that are older than a time. */
  default void deleteAll(String prefix, Instant before) throws IOException {
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      Page page = list(prefix, next.get());
      List<String> old =
          page.objects().stream()
              .filter(object -> object.modified().isBefore(before))
              .map(ObjectInfo::key)
              .toList();
      if (!old.isEmpty()) {
        delete(old);
      }
      next = page.next();
    }
  }

  /** Gives up unfinished uploads under a prefix that got no byte since a time. */
  void abortUploads(String prefix, Instant before) throws IOException;

  /** A URL that anyone can GET. */
  String signGet(String name, Duration validity) throws IOException;

  /** How anyone can PUT these bytes. */
  SignedUpload signPut(String name, long size, String sha256Hex, Duration validity)
      throws IOException;

  @Override
  void close();
}
