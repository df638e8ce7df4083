package io.platform.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code platform completion}. */
@Command(
    name = "completion",
    description = {
      "Print what makes your shell complete this command.",
      "bash:  source <(platform completion bash)       in ~/.bashrc",
      "zsh:   source <(platform completion zsh)        in ~/.zshrc",
      "fish:  platform completion fish | source        in ~/.config/fish/config.fish"
    })
final class Completion extends Action {
  /** The shells that are known. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  Shell shell = Shell.bash;

  Completion(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() {
    var whole = Verbs.whole(here);
    here.out()
        .print(
            switch (shell) {
              // picocli's script turns on bashcompinit where it runs in zsh.
              case bash, zsh -> AutoComplete.bash("platform", whole);
              case fish -> new FishCompletion(whole).script();
            });
    return ExitCode.OK;
  }
}
