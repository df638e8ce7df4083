package io.platform.cli.command.process;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.List;

/** {@code platform exec}. */
public final class ExecCommand extends AppCommand {
  private static final String SHELL = "exec bash";

  private final OptionValue<Boolean> noTerminal =
      flag("Give it no terminal, also where there is one.", "--no-tty");
  private final OptionValue<String> process =
      argument("PROCESS", "A process such as web.1.", LiveNames.PROCESSES);
  private final OptionValue<List<String>> command =
      furtherArguments(
          "COMMAND",
          "What to run in it (default: a shell). All that follows is the command's own.");

  @SuppressWarnings("this-escape") // picocli only keeps the reference until it parses
  public ExecCommand(CommandContext context) {
    super(
        context,
        "exec",
        "Run a command inside a process of the app, with its files and its environment.",
        "The exit code is the command's. It ends when this command does.");
    stopAtArguments();
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var words = command.or(List.of());
    var start =
        JsonTree.object()
            .put("process", process.required())
            .put("command", words.isEmpty() ? SHELL : ShellCommand.of(words));
    var target = target();
    return new ProcessStreams(context, what -> {})
        .follow(
            listener -> target.api().exec(target.app(), listener),
            start,
            !noTerminal.given() && context.terminal().isInteractive());
  }
}
