package io.platform.cli.command.help;

import io.platform.cli.command.Command;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** {@code platform completion}. */
public final class CompletionCommand extends Command {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final OptionValue<String> shell = choice("SHELL", "${COMPLETION-CANDIDATES}.", SHELLS);

  private final Supplier<CommandLine> command;

  /**
   * @param command the whole command, made only where it is completed
   */
  public CompletionCommand(CommandContext context, Supplier<CommandLine> command) {
    super(
        context,
        "completion",
        "Print what makes your shell complete this command.",
        "  bash:  source <(platform completion bash)   in ~/.bashrc",
        "  zsh:   source <(platform completion zsh)    in ~/.zshrc",
        "  fish:  platform completion fish | source    in ~/.config/fish/config.fish");
    this.command = command;
  }

  @Override
  public Integer call() {
    var whole = command.get();
    var script =
        switch (oneOf(SHELLS, shell.required(), "shell")) {
          case "fish" -> new FishCompletion(whole).script();
          // picocli's script turns on bashcompinit where it runs in zsh.
          default -> BashCompletion.script(whole);
        };
    context.out().print(script);
    return ExitCode.OK;
  }
}
