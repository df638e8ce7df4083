package io.platform.cli.command.help;

import io.platform.commons.console.LineFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Breaks help into lines, at blanks alone: picocli breaks within URLs and paths, too. What goes on
 * stands under the text that it goes on from.
 */
public final class HelpText {
  /** A width in which picocli breaks nothing. */
  public static final int UNBROKEN = 2000;

  private static final Pattern COLOUR = Pattern.compile(LineFormat.COLOUR);

  /** A name, and the blanks between it and its description. */
  private static final Pattern NAME = Pattern.compile("^ *\\S+(?: \\S+)*? {2,}(?=\\S)");

  private static final String USAGE = "Usage: ";

  private HelpText() {}

  /** The text with lines of at most so many characters, unless a word has more. */
  public static String wrapped(String text, int width) {
    return text.lines()
        .flatMap(it -> wrappedLine(it, width).stream())
        .map(it -> it + "\n")
        .collect(Collectors.joining());
  }

  private static List<String> wrappedLine(String line, int width) {
    if (length(line) <= width) {
      return List.of(line);
    }
    int indent = indent(line);
    var lines = new ArrayList<String>();
    var now = new StringBuilder(line.substring(0, indent));
    boolean empty = true;
    for (var word : line.substring(indent).split(" ", -1)) {
      if (!empty && length(now.toString()) + 1 + length(word) > width) {
        lines.add(now.toString());
        now = new StringBuilder(" ".repeat(length(line.substring(0, indent))));
        empty = true;
      }
      now.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(now.toString());
    return lines;
  }

  /** How many characters of a line stand before the text that may be broken. */
  private static int indent(String line) {
    var name = NAME.matcher(line);
    return line.startsWith(USAGE) ? USAGE.length() : name.find() ? name.end() : 0;
  }

  private static int length(String text) {
    return COLOUR.matcher(text).replaceAll("").length();
  }
}
