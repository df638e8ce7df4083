package io.platform.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the object store that a URL names. */
public final class ObjectStores {
  private ObjectStores() {}

  /**
   * An open store.
   *
   * @param direct what serves its signed URLs, for a store that has no web server of its own
   */
  public record Opened(ObjectStore store, Optional<DirectObjects> direct) {}

  /**
   * Opens a store, with the default limits.
   *
   * @see #open(URI, DirectUrls, StoreSettings)
   */
  public static Opened open(URI location, DirectUrls urls) throws IOException {
    return open(location, urls, StoreSettings.defaults());
  }

  /**
   * Opens a store, and tries it: an object is written, read by a signed URL, and deleted.
   * Credentials are found where the clouds' own tools find them.
   *
   * @param location {@code file:///directory}, {@code gs://bucket/prefix[?endpoint=…]}, or {@code
   *     s3://bucket/prefix[?endpoint=…&region=…&path-style=true]}
   * @param urls signs the URLs of a store that has no web server of its own
   * @throws IllegalArgumentException with a sentence, for a location that is none
   * @throws IOException with a sentence, for a store that does not work
   */
  public static Opened open(URI location, DirectUrls urls, StoreSettings settings)
      throws IOException {
    return switch (StoreLocation.parse(location)) {
      case StoreLocation.InDirectory(Path root) -> directory(root, urls);
      case StoreLocation.InGoogle google ->
          tried(GoogleBucket.open(google, settings), google.prefix(), settings);
      case StoreLocation.InS3 s3 -> tried(S3Bucket.open(s3, settings), s3.prefix(), settings);
    };
  }

  private static Opened directory(Path root, DirectUrls urls) throws IOException {
    try {
      DirectoryStore store = DirectoryStore.open(root, urls);
      return new Opened(store, Optional.of(new DirectObjects(store, urls)));
    } catch (IOException e) {
      throw new IOException(
          "The object store %s cannot be used: %s. Name a directory that the platform's user may write to, with room in it."
              .formatted(root.toUri(), reason(e)),
          e);
    }
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException e -> "the platform's user may not write there";
      case FileAlreadyExistsException e -> "it is not a directory";
      case NoSuchFileException e -> "it cannot be made";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }

  static Opened tried(Bucket bucket, String prefix, StoreSettings settings) throws IOException {
    try {
      new StoreProbe(bucket, prefix, settings).run();
    } catch (IOException | RuntimeException e) {
      bucket.close();
      throw e;
    }
    return new Opened(new BucketStore(bucket, prefix, settings), Optional.empty());
  }
}
