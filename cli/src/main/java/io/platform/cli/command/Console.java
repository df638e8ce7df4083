package io.platform.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.JsonTree;
import io.platform.cli.terminal.PrintableText;
import io.platform.cli.terminal.Terminal;
import io.platform.commons.console.LineFormat;
import java.io.PrintStream;
import java.util.List;

/**
 * Prints a command's output: headings and text in the format of a push, errors on standard error,
 * colours only where the terminal has them. What it is given may come from anywhere: see {@link
 * PrintableText}.
 */
public final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean colours;
  private final boolean errorColours;
  private final Terminal terminal;

  public Console(CommandContext context) {
    this.out = context.out();
    this.err = context.err();
    this.colours = context.colours();
    this.errorColours = context.errorColours();
    this.terminal = context.terminal();
  }

  public void heading(String text) {
    String line = LineFormat.heading(printable(text));
    out.println(colours ? LineFormat.bold(line) : line);
  }

  public void body(String text) {
    out.println(LineFormat.body(printable(text)));
  }

  public void line(String text) {
    out.println(printable(text));
  }

  /** A value as it is; on a terminal what may be shown of it. */
  public void value(String text) {
    out.println(terminal.showsOutput() ? printable(text) : text);
  }

  public void json(JsonNode tree) {
    out.println(PrintableText.json(JsonTree.pretty(tree)));
  }

  /** What the user should know beside the result. */
  public void note(String text) {
    err.println(LineFormat.body(PrintableText.of(text, errorColours)));
  }

  public void errors(List<String> lines) {
    out.flush();
    for (var each : lines) {
      String line = LineFormat.error(PrintableText.of(each, errorColours));
      err.println(errorColours ? LineFormat.red(line) : line);
    }
  }

  private String printable(String text) {
    return PrintableText.of(text, colours);
  }

  public String good(String text) {
    return colours ? LineFormat.green(text) : text;
  }
}
