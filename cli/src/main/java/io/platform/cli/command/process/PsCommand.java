package io.platform.cli.command.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.client.ProcessResponse;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import io.platform.cli.command.Times;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code platform ps}. */
public final class PsCommand extends AppCommand {
  /** No more often, however short the way to the server is. */
  private static final Duration WATCH_EVERY = Duration.ofSeconds(2);

  /** To the top left, and nothing there (ECMA-48: CUP, ED). */
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final OptionValue<Boolean> json = json();

  private final OptionValue<Boolean> names =
      flag("Print the names of the process types and processes only.", "--names");

  private final OptionValue<Boolean> watch =
      flag("Show the processes again whenever they change, until Ctrl-C.", "--watch");

  public PsCommand(CommandContext context) {
    super(context, "ps", "List the app's processes: their state, and what they use.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    if (watch.given()) {
      return watch();
    }
    var target = target();
    var tree = target.api().processes(target.app());
    if (names.given()) {
      names(target.api().formation(target.app()), tree).forEach(console()::value);
    } else if (json.given()) {
      console().json(tree);
    } else {
      show(target, PlatformApi.processesOf(tree));
    }
    return ExitCode.OK;
  }

  /** Until the user ends it, or the server does not answer any more. */
  private int watch() throws IOException, ClientException {
    if (!context.terminal().showsOutput() || json.given() || names.given()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--watch draws a table again and again, which needs a terminal and no other format.",
          "For scripts there is platform ps --json.");
    }
    var target = target();
    Optional<String> shown = Optional.empty();
    while (!context.out().checkError()) {
      var processes = PlatformApi.processesOf(target.api().processes(target.app()));
      var now = Optional.of(processes.toString());
      if (!now.equals(shown)) {
        context.out().print(CLEAR);
        console()
            .line(target.app() + "  " + Times.of(context.time().instant().toString(), context));
        show(target, processes);
        context.out().flush();
        shown = now;
      }
      try {
        Thread.sleep(WATCH_EVERY);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return ExitCode.OK;
      }
    }
    return ExitCode.OK;
  }

  private static List<String> names(JsonNode formation, JsonNode processes) {
    var names = new ArrayList<>(JsonTree.names(formation));
    names.addAll(JsonTree.texts(processes, "name"));
    return names;
  }

  private void show(Target target, List<ProcessResponse> processes) throws ClientException {
    if (processes.isEmpty()) {
      showThatNothingRuns(target);
      return;
    }
    boolean cluster = processes.stream().anyMatch(it -> it.node().isPresent());
    var headings =
        new ArrayList<>(
            List.of("PROCESS", "STATE", "SINCE", "RESTARTS", "MEMORY", "CPU", "RELEASE"));
    if (cluster) {
      headings.add("NODE");
    }
    headings.add("COMMAND");
    var table = new Table(headings.toArray(String[]::new));
    for (var process : processes) {
      var cells =
          new ArrayList<>(
              List.of(
                  process.name(),
                  process.status(),
                  process.since().map(it -> Times.of(it, context)).orElse("-"),
                  Integer.toString(process.restarts()),
                  process.memory().map(Memory::text).orElse("-"),
                  process.cpu().map(PsCommand::percent).orElse("-"),
                  process.release()));
      if (cluster) {
        cells.add(process.node().orElse("-"));
      }
      cells.add(process.command().orElse("-"));
      table.row(cells.toArray(String[]::new));
    }
    table.print(console());
    for (var process : processes) {
      process.reason().ifPresent(it -> console().note(process.name() + ": " + it));
    }
  }

  private void showThatNothingRuns(Target target) throws ClientException {
    var types = JsonTree.names(target.api().formation(target.app()));
    console()
        .note(
            types.isEmpty()
                ? "No processes: nothing is released yet. git push " + remoteName() + " main"
                : "No process runs. The app has %s; start one: platform ps scale %s=1"
                    .formatted(String.join(", ", types), types.getFirst()));
  }

  /** Of one core. */
  private static String percent(double cores) {
    return String.format(Locale.ROOT, "%.0f%%", cores * 100);
  }
}
