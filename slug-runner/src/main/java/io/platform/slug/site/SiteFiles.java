package io.platform.slug.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What of the directory a path may be: never what is outside, hidden, or the slug's own. */
final class SiteFiles {
  /** What a path leads to. */
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
      if (part.startsWith(".") && !part.equals(".well-known")) {
        return new Nothing();
      }
      try {
        file = file.resolve(part);
      } catch (InvalidPathException noName) {
        return new Nothing();
      }
    }
    if (!Files.exists(file) || !file.toRealPath().startsWith(root)) {
      return new Nothing();
    }
    if (Files.isDirectory(file)) {
      Path index = file.resolve("index.html");
      if (!Files.isRegularFile(index) || !index.toRealPath().startsWith(root)) {
        return new Nothing();
      }
      return path.endsWith("/") ? new Page(index) : new NeedsSlash();
    }
    return Files.isRegularFile(file) && !path.endsWith("/") ? new Page(file) : new Nothing();
  }
}
