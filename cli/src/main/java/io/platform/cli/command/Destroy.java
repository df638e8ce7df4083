package io.platform.cli.command;

import io.platform.cli.client.AppName;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.ServerUrl;
import java.io.IOException;
import java.util.Optional;

/** {@code platform destroy}. */
final class Destroy extends AppAction {
  private final Value<String> name = optional("[NS/]APP", "The app; the same as --app.");

  private final Value<String> confirm =
      option("APP", "The app's name once more; asked for otherwise.", "--confirm");

  Destroy(Surroundings here) {
    super(
        here,
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
    var again = confirm.get().orElseGet(() -> ask(app));
    if (!again.equals(app.name()) && !again.equals(app.toString())) {
      throw new Failure(
          ExitCode.USAGE,
          "Nothing was removed: \"" + again + "\" is not the app's name, " + app.name() + ".");
    }
    var takesLonger = target.api().destroy(app);
    screen().heading(takesLonger.orElse("Removed " + app));
    removeRemote(target.login().server(), app);
    return ExitCode.OK;
  }

  private String ask(AppName app) {
    if (!here.terminal().isInteractive()) {
      throw new Failure(
          ExitCode.USAGE,
          "Nothing was removed: this takes the app's name a second time.",
          "platform destroy " + app + " --confirm " + app.name());
    }
    screen()
        .note(
            "This removes "
                + app
                + " with its repository, builds, releases and config. There is no way back.");
    return here.terminal().ask("Type the app's name to go on: ").map(String::strip).orElse("");
  }

  private void removeRemote(ServerUrl server, AppName app) {
    var git = git();
    var url = git.remote(remoteName());
    if (url.flatMap(Remote::parse).equals(Optional.of(new Remote(server, app)))) {
      git.removeRemote(remoteName());
      screen().body("and the git remote " + remoteName());
    }
  }
}
