package io.platform.slug.build.step;

import io.platform.commons.file.Directories;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code .slugignore}: removes files before a buildpack sees them. As Heroku has it: patterns as in
 * .gitignore, a slash at the start or in the middle ties one to the root, {@code #} begins a
 * comment, and there is no negation.
 */
public final class SlugIgnore {
  private static final String FILE = ".slugignore";
  private static final int MOST_BYTES = 64 * 1024;

  private record Rule(IgnorePattern path, boolean directoriesOnly) {}

  private SlugIgnore() {}

  /**
   * Removes what the file says; how many files and directories that was, not counting what was in
   * them.
   */
  public static int apply(Path root) throws BuildFailure, IOException {
    Path file = root.resolve(FILE);
    if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(root.toRealPath())) {
      return 0;
    }
    if (Files.size(file) > MOST_BYTES) {
      throw BuildFailureMessages.slugIgnoreTooLarge(MOST_BYTES);
    }
    List<Rule> rules = new ArrayList<>();
    for (String line :
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
      String pattern = line.strip();
      if (!pattern.isEmpty() && !pattern.startsWith("#") && !pattern.startsWith("!")) {
        rules.add(rule(pattern));
      }
    }
    List<Path> ignored = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws InterruptedIOException {
            if (!path.equals(root) && matches(rules, root.relativize(path), true)) {
              ignored.add(path);
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws InterruptedIOException {
            if (matches(rules, root.relativize(path), false)) {
              ignored.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    for (Path path : ignored) {
      Directories.delete(path);
    }
    return ignored.size();
  }

  /** Many rules for many files take long: the deadline of the build ends them. */
  private static boolean matches(List<Rule> rules, Path path, boolean directory)
      throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while files were ignored");
    }
    String name = path.toString();
    return rules.stream()
        .anyMatch(rule -> (directory || !rule.directoriesOnly) && rule.path.matches(name));
  }

  private static Rule rule(String pattern) {
    boolean directoriesOnly = pattern.endsWith("/");
    String text = directoriesOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
    boolean tied = text.contains("/");
    String glob = text.startsWith("/") ? text.substring(1) : text;
    return new Rule(new IgnorePattern(glob, tied), directoriesOnly);
  }
}
