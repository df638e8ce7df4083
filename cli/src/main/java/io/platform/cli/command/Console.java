package io.platform.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.Json;
import io.platform.commons.console.LineFormat;
import java.io.PrintStream;
import java.util.List;

/**
 * How the command speaks: headings and body as a push does, errors on standard error, colours only
 * where they are liked. What it is given may come from anywhere: see {@link PrintableText}.
 */
final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean colours;
  private final boolean errorColours;
  private final Terminal terminal;

  Console(CommandContext context) {
    this.out = context.out();
    this.err = context.err();
    this.colours = context.colours();
    this.errorColours = context.errorColours();
    this.terminal = context.terminal();
  }

  void heading(String text) {
    String line = LineFormat.heading(printable(text));
    out.println(colours ? LineFormat.bold(line) : line);
  }

  void body(String text) {
    out.println(LineFormat.body(printable(text)));
  }

  void line(String text) {
    out.println(printable(text));
  }

  /** A value as it is; on a terminal what may be shown of it. */
  void value(String text) {
    out.println(terminal.showsOutput() ? printable(text) : text);
  }

  void json(JsonNode tree) {
    out.println(PrintableText.json(Json.pretty(tree)));
  }

  /** What the user should know beside the result. */
  void note(String text) {
    err.println(LineFormat.body(PrintableText.of(text, errorColours)));
  }

  void errors(List<String> lines) {
    out.flush();
    for (var each : lines) {
      String line = LineFormat.error(PrintableText.of(each, errorColours));
      err.println(errorColours ? LineFormat.red(line) : line);
    }
  }

  /** Did the reader of the output go away, as {@code | head} does? */
  boolean isGone() {
    return out.checkError();
  }

  private String printable(String text) {
    return PrintableText.of(text, colours);
  }

  String good(String text) {
    return colours ? LineFormat.green(text) : text;
  }
}
