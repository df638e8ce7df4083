package io.platform.cli.command.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.AppLogReader;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.Console;
import io.platform.cli.command.Times;
import io.platform.cli.terminal.PrintableText;
import io.platform.commons.console.LineFormat;
import io.platform.commons.console.TerminalText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints the lines of an app's log as they come: {@code 2026-11-27T12:00:00.123 app[web.1]: text},
 * each process in a colour of its own on a terminal.
 */
final class LogPrinter implements AppLogReader.Listener {
  /** The style of lines. */
  enum Style {
    /** What controls a terminal is removed, except colours. */
    SAFE,
    /** As the app wrote them. */
    RAW,
    /** As the server sent them. */
    JSON
  }

  /** Nobody reads on, as after {@code | head}. */
  static final class ReaderLeft extends IOException {}

  /** Cyan, yellow, green, magenta, blue, red; then their bright ones (ECMA-48, SGR). */
  private static final int[] COLOURS = {36, 33, 32, 35, 34, 31, 96, 93, 92, 95, 94, 91};

  private final CommandContext context;
  private final Style style;
  private final boolean colours;
  private final boolean bare;
  private final Map<String, Integer> used = new LinkedHashMap<>();
  private boolean printed;

  LogPrinter(CommandContext context, Style style) {
    this.context = context;
    this.style = style;
    this.colours = context.colours();
    this.bare = !colours && context.terminal().showsOutput();
  }

  /** Whether anything was. */
  boolean hasPrinted() {
    return printed;
  }

  @Override
  public void entry(JsonNode entry) throws IOException {
    printed = true;
    var out = context.out();
    if (style == Style.JSON) {
      out.print(PrintableText.json(JsonTree.compact(entry)) + "\n");
    } else if (entry.has("lost")) {
      out.print(missing(entry.path("lost").asLong()) + "\n");
    } else {
      out.print(line(entry) + "\n");
    }
    if (out.checkError()) {
      throw new ReaderLeft();
    }
  }

  @Override
  public void connectionLost(String why) {
    var sentence = why.endsWith(".") ? why : why + ".";
    new Console(context).note("Not connected: " + sentence + " Trying again; no line is lost.");
  }

  private static String missing(long count) {
    return LineFormat.error(
        count == 0
            ? "Lines may be missing here: the log does not go back so far"
            : "%,d lines are missing here: newer lines have taken their place".formatted(count));
  }

  private String line(JsonNode entry) {
    var process = JsonTree.text(entry, "process").map(it -> "[" + it + "]").orElse("");
    var writer = entry.path("source").asText() + process;
    var head =
        PrintableText.of(
            Times.withMillis(entry.path("at").asText(), context) + " " + writer + ":", false);
    return (colours ? "\033[" + colour(writer) + "m" + head + "\033[0m" : head)
        + " "
        + text(entry.path("text").asText());
  }

  private int colour(String writer) {
    return used.computeIfAbsent(writer, _ -> COLOURS[used.size() % COLOURS.length]);
  }

  private String text(String text) {
    if (style == Style.RAW) {
      return text;
    }
    return bare ? TerminalText.bare(text) : TerminalText.line(text);
  }
}
