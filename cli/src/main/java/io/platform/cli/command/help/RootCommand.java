package io.platform.cli.command.help;

import io.platform.cli.command.Command;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.util.List;
import java.util.function.Supplier;

/** {@code platform} without a command: the list of commands, or the version. */
public final class RootCommand extends Command {
  private final OptionValue<Boolean> version = flag("Show the version.", "-V", "--version");

  private final Supplier<List<Command>> commands;

  /**
   * @param commands all of them, asked for only where they are shown
   */
  public RootCommand(CommandContext context, Supplier<List<Command>> commands) {
    super(context, "platform", "Push code with git; it is built, released and run.");
    this.commands = commands;
  }

  @Override
  public Integer call() {
    return version.given() ? new VersionCommand(context).call() : help();
  }

  /** Written here and not by picocli, which would first make a parser for each command. */
  public int help() {
    var shown = commands.get().stream().filter(it -> !it.isHidden()).toList();
    int column = shown.stream().mapToInt(it -> it.name().length()).max().orElse(0) + 2;
    var text = new StringBuilder("Usage: platform COMMAND [OPTIONS] [ARGUMENTS]\n");
    text.append(summary()).append("\n\nCommands:\n");
    for (var command : shown) {
      text.append("  ").append(command.name()).append(" ".repeat(column - command.name().length()));
      text.append(command.summary()).append('\n');
    }
    text.append("\n`platform COMMAND --help` tells more of each;")
        .append(" `platform --version` shows the version.\n")
        .append("Exit codes and files: docs/cli.md.\n");
    context.out().print(HelpText.wrapped(text.toString(), context.helpWidth()));
    return ExitCode.OK;
  }
}
