package io.platform.cli.command.process;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text for a shell that words of a command line are. */
final class ShellCommand {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellCommand() {}

  /**
   * One word is a text for a shell as it is ({@code 'echo $HOME'}); of several, each stays what it
   * is ({@code echo 'a b'}).
   */
  static String of(List<String> words) {
    return words.size() == 1
        ? words.getFirst()
        : words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
