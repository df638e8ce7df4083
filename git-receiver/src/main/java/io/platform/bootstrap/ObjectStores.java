package io.platform.bootstrap;

import io.platform.storage.ObjectStore;
import io.platform.storage.StoreLocation;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.BucketStore;
import io.platform.storage.bucket.RequestLimits;
import io.platform.storage.bucket.StoreProbe;
import io.platform.storage.directory.DirectoryStore;
import io.platform.storage.directory.SignedObjects;
import io.platform.storage.gcs.GoogleBucket;
import io.platform.storage.s3.S3Bucket;
import io.platform.storage.signed.SignedUrls;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
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
  public record Opened(ObjectStore store, Optional<SignedObjects> direct) {}

  /**
   * Reads the URL of a store, without opening it.
   *
   * @throws IllegalArgumentException with a sentence, for a text that is none
   */
  public static URI location(String text) {
    try {
      URI location = new URI(text.strip());
      StoreLocation.parse(location);
      return location;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "The object store is no URL: %s.".formatted(StoreLocation.USE), e);
    }
  }

  /**
   * Opens a store, with the default limits.
   *
   * @see #open(URI, SignedUrls, RequestLimits)
   */
  public static Opened open(URI location, SignedUrls urls) throws IOException {
    return open(location, urls, RequestLimits.defaults());
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
  public static Opened open(URI location, SignedUrls urls, RequestLimits limits)
      throws IOException {
    return switch (StoreLocation.parse(location)) {
      case StoreLocation.InDirectory(Path root) -> directory(root, urls);
      case StoreLocation.InGoogle google ->
          tried(GoogleBucket.open(google, limits), google.prefix(), limits);
      case StoreLocation.InS3 s3 -> tried(S3Bucket.open(s3, limits), s3.prefix(), limits);
    };
  }

  private static Opened directory(Path root, SignedUrls urls) throws IOException {
    try {
      DirectoryStore store = DirectoryStore.open(root, urls);
      return new Opened(store, Optional.of(new SignedObjects(store, urls)));
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

  public static Opened tried(Bucket bucket, String prefix, RequestLimits limits)
      throws IOException {
    try {
      new StoreProbe(bucket, prefix, limits).run();
    } catch (IOException | RuntimeException e) {
      bucket.close();
      throw e;
    }
    return new Opened(new BucketStore(bucket, prefix, limits), Optional.empty());
  }
}
