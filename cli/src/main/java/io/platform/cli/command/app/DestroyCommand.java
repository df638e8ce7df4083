package io.platform.cli.command.app;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.Confirmation;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Remote;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code platform destroy}. */
public final class DestroyCommand extends AppCommand {
  private final OptionValue<String> name = optional("[NS/]APP", "The app; the same as --app.");

  private final OptionValue<String> confirm =
      option("APP", "The app's name once more; asked for otherwise.", "--confirm");

  public DestroyCommand(CommandContext context) {
    super(
        context,
        "destroy",
        "Remove an app with its repository, builds, releases and config. There is no way back.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = name.get().isPresent() ? target(name.required()) : target();
    var app = target.app();
    if (confirm.get().isEmpty()) {
      target.api().app(app);
    }
    new Confirmation(context)
        .require(
            confirm.get(),
            app.name(),
            List.of(app.name(), app.toString()),
            "This removes "
                + app
                + " with its repository, builds, releases and config. There is no way back.",
            "platform destroy " + app + " --confirm " + app.name());
    var takesLonger = target.api().destroy(app);
    console().heading(takesLonger.orElse("Removed " + app));
    removeRemotes(new Remote(target.login().server(), app));
    return ExitCode.OK;
  }

  /** Asks for each remote of the app; without a terminal, the one that was meant goes. */
  private void removeRemotes(Remote gone) {
    var git = git();
    git.remotes()
        .forEach((name, url) -> {
          if (!Remote.parse(url).equals(Optional.of(gone))) {
            return;
          }
          if (mayGo(name)) {
            git.removeRemote(name);
            console().body("and the git remote " + name);
          } else {
            console().body("The git remote " + name + " is still there: git remote remove " + name);
          }
        });
  }

  private boolean mayGo(String name) {
    if (!context.terminal().isInteractive() || confirm.get().isPresent()) {
      return name.equals(remoteName());
    }
    var answer = context.terminal().ask("Remove the git remote " + name + ", too? [Y/n] ");
    return answer.isPresent() && answer.get().strip().matches("(?i)|y|yes");
  }
}
