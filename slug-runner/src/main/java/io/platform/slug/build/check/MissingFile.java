package io.platform.slug.build.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a pusher what to do about a file that the app lacks. */
final class MissingFile {
  private MissingFile() {}

  /**
   * A sentence.
   *
   * @param path of the missing file, from the app's root
   */
  static String hint(Path tree, String path) throws IOException {
    return otherCase(tree, tree.resolve(path))
        .map("The app has `%s`: upper and lower case matter."::formatted)
        .orElse("Check the name, and that the file is committed or that the build makes it.");
  }

  /** The path of a file whose name differs in case alone. */
  private static Optional<String> otherCase(Path tree, Path file) throws IOException {
    Path directory = file.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return Optional.empty();
    }
    String name = String.valueOf(file.getFileName());
    try (Stream<Path> siblings = Files.list(directory)) {
      return siblings
          .filter(sibling -> String.valueOf(sibling.getFileName()).equalsIgnoreCase(name))
          .map(sibling -> tree.relativize(sibling).toString())
          .sorted()
          .findFirst();
    }
  }
}
