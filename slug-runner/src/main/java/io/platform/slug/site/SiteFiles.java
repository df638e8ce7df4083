package io.platform.slug.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the file for a path: never one outside of the directory, a hidden one, or one of the slug's
 * own.
 */
final class SiteFiles {
  /** The file that a path leads to. */
  sealed interface Found {}

  record Page(Path file) implements Found {}

  /** A directory, asked for without the slash that makes its links work. */
  record NeedsSlash() implements Found {}

  record Nothing() implements Found {}

  private final Path root;

  /** Serves what is in {@code root}, a real path. */
  SiteFiles(Path root) {
    this.root = root;
  }

  /** Looks for a decoded path that begins with a slash. */
  Found find(String path) throws IOException {
    Path file = root;
    for (String part : path.split("/", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      if (isHidden(part)) {
        return new Nothing();
      }
      try {
        file = file.resolve(part);
      } catch (InvalidPathException noName) {
        return new Nothing();
      }
    }
    if (!isOfTheSite(file)) {
      return new Nothing();
    }
    if (Files.isDirectory(file)) {
      Path index = file.resolve("index.html");
      if (!Files.isRegularFile(index) || !isOfTheSite(index)) {
        return new Nothing();
      }
      return path.endsWith("/") ? new Page(index) : new NeedsSlash();
    }
    return Files.isRegularFile(file) && !path.endsWith("/") ? new Page(file) : new Nothing();
  }

  /** What is shown for paths that lead to nothing, where the site has such a page. */
  Optional<Path> notFoundPage() throws IOException {
    Path page = root.resolve("404.html");
    return Files.isRegularFile(page) && isOfTheSite(page) ? Optional.of(page) : Optional.empty();
  }

  /** A link is as good as a file, unless it leads out of the site or to what is hidden. */
  private boolean isOfTheSite(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    Path real = file.toRealPath();
    if (!real.startsWith(root)) {
      return false;
    }
    for (Path part : root.relativize(real)) {
      if (isHidden(part.toString())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") && !name.equals(".well-known");
  }
}
