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
 * streamed. Failures are {@link IOException}s whose message is a sentence for people.
 */
public interface ObjectStore extends AutoCloseable {
  /** Starts an object; nothing of it is visible before {@link ObjectWriter#commit}. */
  ObjectWriter create(String key) throws IOException;

  /**
   * Opens an object from a byte offset on.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  InputStream open(String key, long from) throws IOException;

  /** What is known of an object; empty where there is none. */
  Optional<ObjectInfo> stat(String key) throws IOException;

  /** The objects whose keys start with the prefix, by key; close the stream. */
  Stream<ObjectInfo> list(String prefix) throws IOException;

  /** Deletes objects; those that are not there are no error. */
  void delete(Collection<String> keys) throws IOException;

  /** Deletes all objects under a prefix that ends with a slash, and partial uploads. */
  void deleteAll(String prefix) throws IOException;

  /** Deletes what unfinished uploads left that got no byte since the given time. */
  void sweep(Instant before) throws IOException;

  /** A URL that anyone who has it can GET until it expires. */
  String signGet(String key, Duration validity);

  /** How to PUT exactly these bytes until it expires. */
  SignedUpload signPut(String key, long size, String sha256Hex, Duration validity);

  @Override
  void close();
}
