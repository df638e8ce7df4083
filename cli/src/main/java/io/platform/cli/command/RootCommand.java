package io.platform.cli.command;

import java.util.List;
import java.util.function.Supplier;

/** {@code platform} without a verb: the list of verbs, or the version. */
final class RootCommand extends Command {
  private final OptionValue<Boolean> version = flag("Show the version.", "-V", "--version");

  private final Supplier<List<Command>> verbs;

  /**
   * @param verbs all of them, asked for only where they are shown
   */
  RootCommand(CommandContext context, Supplier<List<Command>> verbs) {
    super(context, "platform", "Push code with git; it is built, released and run.");
    this.verbs = verbs;
  }

  @Override
  public Integer call() {
    return version.given() ? new Version(context).call() : help();
  }

  /** Written here and not by picocli, which would first make a parser for each verb. */
  int help() {
    var shown = verbs.get().stream().filter(it -> !it.isHidden()).toList();
    int column = shown.stream().mapToInt(it -> it.name().length()).max().orElse(0) + 2;
    var text = new StringBuilder("Usage: platform COMMAND [OPTIONS] [ARGUMENTS]\n");
    text.append(summary()).append("\n\nCommands:\n");
    for (var verb : shown) {
      text.append("  ").append(verb.name()).append(" ".repeat(column - verb.name().length()));
      text.append(verb.summary()).append('\n');
    }
    text.append("\n`platform COMMAND --help` tells more of each;")
        .append(" `platform --version` shows the version.\n")
        .append("Exit codes and files: docs/cli.md.\n");
    context.out().print(HelpText.wrapped(text.toString(), context.helpWidth()));
    return ExitCode.OK;
  }
}
