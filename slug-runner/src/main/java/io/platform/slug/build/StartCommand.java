package io.platform.slug.build;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the command of a process type names, as far as that shows without a shell.
 *
 * @param words its words without quotes, from the program on
 */
record StartCommand(List<String> words) {
  private static final Pattern BREAK = Pattern.compile("[\\s\"'=;|&()<>]+");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=\\S*");
  private static final Set<String> PREFIXES = Set.of("exec", "env", "nohup", "time", "command");

  StartCommand {
    words = List.copyOf(words);
  }

  static StartCommand of(String command) {
    List<String> parts =
        Arrays.stream(command.strip().split("\\s+"))
            .dropWhile(word -> ASSIGNMENT.matcher(word).matches() || PREFIXES.contains(word))
            .toList();
    return new StartCommand(
        BREAK.splitAsStream(String.join(" ", parts)).filter(word -> !word.isEmpty()).toList());
  }

  /** The file name of the program: {@code gunicorn} for {@code bin/gunicorn app:app}. */
  String program() {
    if (words.isEmpty()) {
      return "";
    }
    String first = words.getFirst();
    return first.substring(first.lastIndexOf('/') + 1);
  }

  /** Whether one of its words is a file of the tree. */
  boolean namesFileOf(Path tree) {
    return words.stream().anyMatch(word -> isFile(tree, word));
  }

  /** Whether its program is a file of the tree. */
  boolean runsFileOf(Path tree) {
    return !words.isEmpty() && words.getFirst().contains("/") && isFile(tree, words.getFirst());
  }

  private static boolean isFile(Path tree, String word) {
    String name = word.replaceFirst("^(?:\\$HOME/|\\$\\{HOME}/|~/|/app/|\\./)", "");
    try {
      return !name.startsWith("/") && !name.isEmpty() && Files.isRegularFile(tree.resolve(name));
    } catch (InvalidPathException noName) {
      return false;
    }
  }
}
