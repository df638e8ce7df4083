package io.platform.storage.directory;

import io.platform.storage.ObjectInfo;
import io.platform.storage.signed.SignedUrls;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the HTTP routes under {@link SignedUrls#PATH}, once they have a key and the query's
 * parameters.
 */
public final class SignedObjects {
  private static final int BUFFER = 64 * 1024;

  private final DirectoryStore store;
  private final SignedUrls urls;

  public SignedObjects(DirectoryStore store, SignedUrls urls) {
    this.store = store;
    this.urls = urls;
  }

  /** The answer to a request. */
  public sealed interface Answer {
    /**
     * GET: the object, to be opened at any offset with {@link SignedObjects#open}. PUT: it is
     * stored.
     */
    record Found(ObjectInfo object) implements Answer {}

    /** The URL was good once (403). */
    record Expired() implements Answer {}

    /** The URL is not for this (403). */
    record Forged() implements Answer {}

    /** There is no such object (404). */
    record Missing() implements Answer {}

    /** The bytes are not those that the URL is for (422); nothing was stored. A sentence. */
    record Mismatch(String sentence) implements Answer {}
  }

  /** Checks a GET or HEAD. */
  public Answer get(String key, Map<String, String> query) throws IOException {
    return switch (urls.checkGet(key, query)) {
      case FORGED -> new Answer.Forged();
      case EXPIRED -> new Answer.Expired();
      case GOOD -> store.stat(key).<Answer>map(Answer.Found::new).orElseGet(Answer.Missing::new);
    };
  }

  /** The content of an object that {@link #get} has found, from a byte offset on. */
  public InputStream open(ObjectInfo object, long from) throws IOException {
    return store.open(object.key(), from);
  }

  /** Checks a PUT before its body is read: empty where it may go on. */
  public Optional<Answer> checkPut(String key, Map<String, String> query) {
    return switch (urls.checkPut(key, query)) {
      case FORGED -> Optional.of(new Answer.Forged());
      case EXPIRED -> Optional.of(new Answer.Expired());
      case GOOD -> Optional.empty();
    };
  }

  /**
   * Stores the body of a PUT where it is exactly what the URL is for. Reads at most one byte more
   * than that.
   */
  public Answer put(String key, Map<String, String> query, InputStream body) throws IOException {
    Optional<Answer> refused = checkPut(key, query);
    if (refused.isPresent()) {
      return refused.get();
    }
    long size = Long.parseLong(query.getOrDefault("size", ""));
    try (DirectoryWriter writer = store.create(key)) {
      copy(body, writer, size);
      if (writer.size() != size || body.read() >= 0) {
        return new Answer.Mismatch(
            "The upload is not of the announced size of %d bytes.".formatted(size));
      }
      if (!writer.digest().equals(query.get("sha256"))) {
        return new Answer.Mismatch(
            "The upload does not have the announced SHA-256: it was damaged on its way.");
      }
      return new Answer.Found(writer.commit());
    }
  }

  private static void copy(InputStream body, DirectoryWriter writer, long size) throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (writer.size() < size) {
      int n = body.read(buffer, 0, (int) Math.min(buffer.length, size - writer.size()));
      if (n < 0) {
        return;
      }
      writer.write(buffer, 0, n);
    }
  }
}
