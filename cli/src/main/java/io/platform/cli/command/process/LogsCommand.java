package io.platform.cli.command.process;

import io.platform.cli.client.AppLogReader;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.LogFilter;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code platform logs}. */
public final class LogsCommand extends AppCommand {
  private static final List<String> SOURCES = List.of("app", "platform", "router");
  private static final Pattern PROCESS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9-]+)?");
  private static final Pattern SINCE =
      Pattern.compile("[0-9]{1,9}[smhd]|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)");

  private final OptionValue<Boolean> follow =
      flag("Go on with the lines to come.", "-f", "--follow");

  private final OptionValue<Integer> tail =
      number("N", "Begin with the newest N lines (default: 100).", "-n", "--tail");

  private final OptionValue<String> process =
      option("TYPE[.N]", "Only a process type, or one process.", LiveNames.PROCESSES, "--ps");

  private final OptionValue<String> since =
      option("TIME", "Only lines since then: 90s, 10m, 2h, 1d ago, or a time.", "--since");

  private final OptionValue<String> source =
      option(
          "SOURCE", "Only ${COMPLETION-CANDIDATES}; or several, with commas.", SOURCES, "--source");

  private final OptionValue<Boolean> json = flag("Print each line as a JSON object.", "--json");

  private final OptionValue<Boolean> raw =
      flag("Keep what controls a terminal, not only colours.", "--raw");

  public LogsCommand(CommandContext context) {
    super(
        context,
        "logs",
        "Show what the app writes, what happened to it, and its requests.",
        "With --follow until you stop it; the connection may break meanwhile.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var filter =
        new LogFilter(follow.given(), checkedProcess(), checkedSource(), checkedSince(), tail());
    var target = target();
    var printer = new LogPrinter(context, style());
    var reader = new AppLogReader(target.api(), target.app(), filter, printer);
    try {
      if (follow.given()) {
        unknown(target).ifPresent(it -> console().note(it));
        reader.follow();
      } else {
        reader.copy();
        if (!printer.hasPrinted()) {
          explainNothing(target);
        }
      }
      return ExitCode.OK;
    } catch (LogPrinter.ReaderLeft left) {
      return ExitCode.OK;
    }
  }

  /** A name that is none, perhaps mistyped, is not answered with silence. */
  private void explainNothing(Target target) throws ClientException {
    var unknown = unknown(target);
    if (unknown.isPresent()) {
      throw new CommandFailure(ExitCode.FAILED, unknown.get());
    }
  }

  private Optional<String> unknown(Target target) throws ClientException {
    if (process.get().isEmpty()) {
      return Optional.empty();
    }
    var name = process.get().get();
    var names = ProcessNames.of(target.api(), target.app());
    return names.has(name)
        ? Optional.empty()
        : Optional.of(
            "%s has no process and no process type %s now. %s"
                .formatted(target.app(), name, names.hint(name)));
  }

  private LogPrinter.Style style() {
    if (json.given()) {
      return LogPrinter.Style.JSON;
    }
    return raw.given() ? LogPrinter.Style.RAW : LogPrinter.Style.SAFE;
  }

  private Optional<Integer> tail() {
    if (tail.get().filter(it -> it < 0).isPresent()) {
      throw new CommandFailure(ExitCode.USAGE, "--tail is a number of lines, 0 or more.");
    }
    return tail.get();
  }

  private Optional<String> checkedProcess() {
    return process
        .get()
        .map(it ->
            checked(
                it, PROCESS, "names no process", "Write web for a type, web.1 for one process."));
  }

  private Optional<String> checkedSince() {
    return since
        .get()
        .map(it ->
            checked(it, SINCE, "is no time", "Write 90s, 10m, 2h or 1d, or 2026-11-27T12:00:00Z."));
  }

  private Optional<String> checkedSource() {
    source
        .get()
        .ifPresent(it -> {
          for (var each : it.split(",", -1)) {
            oneOf(SOURCES, each, "source");
          }
        });
    return source.get();
  }

  private static String checked(String text, Pattern pattern, String problem, String hint) {
    if (!pattern.matcher(text).matches()) {
      throw new CommandFailure(ExitCode.USAGE, "\"" + text + "\" " + problem + ".", hint);
    }
    return text;
  }
}
