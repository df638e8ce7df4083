package io.platform.slug.build.check;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what the command of a process type names, as far as that shows without a shell.
 *
 * @param tokens what stands between spaces, from the program on
 */
public record StartCommand(List<String> tokens) {
  private static final Pattern BREAK = Pattern.compile("[\\s\"'=;|&()<>]+");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=\\S*");
  private static final Set<String> PREFIXES = Set.of("exec", "env", "nohup", "time", "command");
  private static final Pattern ROOT = Pattern.compile("^(?:\\$HOME/|\\$\\{HOME}/|~/|/app/|\\./)");

  public StartCommand {
    tokens = List.copyOf(tokens);
  }

  public static StartCommand of(String command) {
    return new StartCommand(
        Arrays.stream(command.strip().split("\\s+"))
            .dropWhile(word -> ASSIGNMENT.matcher(word).matches() || PREFIXES.contains(word))
            .toList());
  }

  /** Its words without quotes, from the program on. */
  List<String> words() {
    return BREAK.splitAsStream(String.join(" ", tokens)).filter(word -> !word.isEmpty()).toList();
  }

  /** The program as the command names it; empty where there is none. */
  String first() {
    return words().stream().findFirst().orElse("");
  }

  /** The file name of the program: {@code gunicorn} for {@code bin/gunicorn app:app}. */
  public String program() {
    return first().substring(first().lastIndexOf('/') + 1);
  }

  /** Whether one of its words is a file of the tree. */
  boolean namesFileOf(Path tree) {
    return words().stream().anyMatch(word -> isFile(tree, word));
  }

  /** Whether its program is a file of the tree. */
  boolean runsFileOf(Path tree) {
    return first().contains("/") && isFile(tree, first());
  }

  /** The path from the app's root that a word means; empty where it leads elsewhere. */
  static Optional<String> pathInApp(String word) {
    String path = ROOT.matcher(word).replaceFirst("");
    return path.isEmpty() || path.startsWith("/") || path.contains("..") || path.contains("$")
        ? Optional.empty()
        : Optional.of(path);
  }

  private static boolean isFile(Path tree, String word) {
    try {
      return pathInApp(word).filter(path -> Files.isRegularFile(tree.resolve(path))).isPresent();
    } catch (InvalidPathException noName) {
      return false;
    }
  }
}
