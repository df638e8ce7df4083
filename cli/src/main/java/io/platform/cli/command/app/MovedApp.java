package io.platform.cli.command.app;

import io.platform.cli.client.AppResponse;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.Remote;
import java.util.Optional;

/** Tells where an app with another name is now, and leads the git remotes here to it. */
final class MovedApp {
  private final AppCommand command;

  MovedApp(AppCommand command) {
    this.command = command;
  }

  void tell(String done, AppCommand.Target target, AppResponse app, boolean json) {
    var former = new Remote(target.login().server(), target.app());
    var git = command.git();
    var led =
        git.remotes().entrySet().stream()
            .filter(remote -> Remote.parse(remote.getValue()).equals(Optional.of(former)))
            .map(remote -> remote.getKey())
            .toList();
    led.forEach(remote -> git.setRemoteUrl(remote, app.gitUrl()));
    if (json) {
      command.console().json(app.json());
      return;
    }
    if (app.name().equals(target.app())) {
      command.console().note("Nothing to do: the app is %s already.".formatted(app.name()));
      return;
    }
    command.console().heading("%s %s to %s".formatted(done, target.app(), app.name()));
    command.console().body("URL     " + app.url());
    command.console().body("Git     " + app.gitUrl());
    if (led.isEmpty()) {
      command
          .console()
          .body("In the app's repositories   git remote set-url platform " + app.gitUrl());
    } else {
      command.console().body("Changed the git remote " + String.join(", ", led));
    }
  }
}
