package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code platform info}. */
@Command(name = "info", description = "Show an app: its addresses, its release, its state.")
final class Info extends AppAction {
  @Parameters(arity = "0..1", paramLabel = "[NS/]APP", description = "The app; the same as --app.")
  @Nullable String name;

  @Mixin final JsonOption json = new JsonOption();

  Info(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = name == null ? target() : target(name);
    var app = target.api().app(target.app());
    if (json.wanted) {
      screen().json(app.json());
      return ExitCode.OK;
    }
    new Table()
        .row("App", app.name().toString())
        .row("URL", app.url())
        .row("Git", app.gitUrl())
        .row("Branch", app.branch().orElse("main or master, whichever is pushed first"))
        .row("Release", app.release().orElse("none yet"))
        .row("Status", app.status())
        .row("Created", Times.of(app.created(), here.clock()))
        .print(screen());
    return ExitCode.OK;
  }
}
