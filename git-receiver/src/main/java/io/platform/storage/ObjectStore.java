package io.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects under keys: paths of printable segments with slashes between them. All content is
 * streamed, and its SHA-256 is checked on both ways. Failures are {@link IOException}s whose
 * message is a sentence for people.
 */
public interface ObjectStore extends AutoCloseable {
  /** Starts an object that takes the place of what is under the key. */
  default ObjectWriter create(String key) throws IOException {
    return create(key, PutOptions.replacing());
  }

  /** Starts an object; nothing of it is visible before {@link ObjectWriter#commit}. */
  ObjectWriter create(String key, PutOptions how) throws IOException;

  /**
   * Opens an object from a byte offset on.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  default InputStream open(String key, long from) throws IOException {
    return open(key, from, Long.MAX_VALUE);
  }

  /**
   * Opens a part of an object: at most so many bytes from an offset on. Whoever reads a whole
   * object to its end gets an exception instead of the end where it is not what was stored.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  InputStream open(String key, long from, long length) throws IOException;

  /**
   * What the store says of an object; empty where there is none. The digest is what was stated when
   * it was stored.
   */
  Optional<ObjectInfo> stat(String key) throws IOException;

  /**
   * What is true of an object; empty where there is none. Where the store has not itself checked
   * the digest, the object is read for it: this may take as long as a download.
   */
  Optional<ObjectInfo> verified(String key) throws IOException;

  /**
   * The objects whose keys start with the prefix, by key; close the stream. It throws {@link
   * java.io.UncheckedIOException}s.
   */
  Stream<ObjectInfo> list(String prefix) throws IOException;

  /**
   * Copies an object with its metadata inside the store, in place of what is under the other key.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  void copy(String from, String to) throws IOException;

  /** Deletes objects; those that are not there are no error. */
  void delete(Collection<String> keys) throws IOException;

  /** Deletes all objects under a prefix that ends with a slash, and partial uploads. */
  void deleteAll(String prefix) throws IOException;

  /** Deletes what unfinished uploads left that got no byte since the given time. */
  void sweep(Instant before) throws IOException;

  /** A URL that anyone who has it can GET until it expires. */
  String signGet(String key, Duration validity) throws IOException;

  /**
   * How to PUT these bytes until it expires. What the store does not hold the uploader to, {@link
   * #verified} finds out.
   */
  SignedUpload signPut(String key, long size, String sha256Hex, Duration validity)
      throws IOException;

  @Override
  void close();
}
