package io.platform.storage;

import java.io.IOException;
import java.net.URI;
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
   * Opens a store.
   *
   * @param location {@code file:///directory}
   * @param urls signs the URLs of a store that has no web server of its own
   * @throws IllegalArgumentException for a location of an unknown kind
   */
  public static Opened open(URI location, DirectUrls urls) throws IOException {
    String scheme = Optional.ofNullable(location.getScheme()).orElse("");
    return switch (scheme) {
      case "file" -> directory(path(location), urls);
      default ->
          throw new IllegalArgumentException(
              "The object store '%s' is of an unknown kind: use file:///DIRECTORY."
                  .formatted(scheme + ":"));
    };
  }

  private static Path path(URI location) {
    try {
      return Path.of(location);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The object store '%s' names no directory: use file:///DIRECTORY, with three slashes."
              .formatted(location),
          e);
    }
  }

  private static Opened directory(Path root, DirectUrls urls) throws IOException {
    DirectoryStore store = DirectoryStore.open(root, urls);
    return new Opened(store, Optional.of(new DirectObjects(store, urls)));
  }
}
