package io.platform.slug.build.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks whether a file of the app that a process type starts can be started (execve(2)). */
final class StartFile {
  /** The most of a first line that Linux reads. */
  private static final int FIRST_LINE = 256;

  private final Path tree;
  private final String searchPath;

  /**
   * Looks at files of {@code tree}.
   *
   * @param searchPath the PATH of the app
   */
  StartFile(Path tree, String searchPath) {
    this.tree = tree;
    this.searchPath = searchPath;
  }

  /** What keeps the command's program from starting, as the rest of "starts `./x`, …". */
  Optional<String> problem(StartCommand command) throws IOException {
    String program = command.first();
    Optional<String> path =
        program.contains("/") ? StartCommand.pathInApp(program) : Optional.empty();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      return problem(path.get(), tree.resolve(path.get()))
          .map(problem -> "starts `%s`, %s".formatted(program, problem));
    } catch (InvalidPathException noName) {
      return Optional.empty();
    }
  }

  private Optional<String> problem(String name, Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("which the app does not have. " + MissingFile.hint(tree, name));
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isExecutable(file)) {
      return Optional.of(
          "which is not executable. Try   git update-index --chmod=+x %s   then commit and push again."
              .formatted(name));
    }
    String line = firstLine(file);
    if (!line.startsWith("#!")) {
      return Optional.empty();
    }
    if (line.endsWith("\r")) {
      return Optional.of(
          "whose first line ends with a carriage return, as on Windows, so that its interpreter is not found. Save it with"
              + " line feeds alone, commit and push again.");
    }
    return interpreter(List.of(line.substring(2).strip().split("\\s+")))
        .map("which needs `%s`, and the stack does not have that."::formatted);
  }

  /** The interpreter of a script, where it is missing. */
  private Optional<String> interpreter(List<String> words) {
    String first = words.getFirst();
    if (!first.startsWith("/")) {
      return Optional.empty();
    }
    if (first.endsWith("/env") && words.size() > 1) {
      String named = words.get(1);
      return named.startsWith("-") || named.contains("=") || MissingLanguage.isOn(searchPath, named)
          ? Optional.empty()
          : Optional.of(named);
    }
    return Files.exists(Path.of(first)) || first.startsWith("/app/")
        ? Optional.empty()
        : Optional.of(first);
  }

  private static String firstLine(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
      int end = start.indexOf('\n');
      return end < 0 ? start : start.substring(0, end);
    }
  }
}
