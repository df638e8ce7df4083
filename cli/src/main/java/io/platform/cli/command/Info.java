package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.Json;
import java.io.IOException;

/** {@code platform info}. */
final class Info extends AppCommand {
  private final OptionValue<String> name = optional("[NS/]APP", "The app; the same as --app.");

  private final OptionValue<Boolean> json = json();

  Info(CommandContext context) {
    super(context, "info", "Show an app: its addresses, its release, its state.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = name.get().isPresent() ? target(name.required()) : target();
    var app = target.api().app(target.app());
    if (json.given()) {
      screen().json(app.json());
      return ExitCode.OK;
    }
    var table =
        new Table()
            .row("App", app.name().toString())
            .row("URL", app.url())
            .row("Git", app.gitUrl())
            .row("Branch", app.branch().orElse("main or master, whichever is pushed first"))
            .row("Release", app.release().orElse("none yet"))
            .row(
                "Status",
                app.hasWeb() ? app.status() : "no web process, so nothing answers at the URL")
            .row("Created", Times.of(app.created(), context));
    for (var process : app.json().path("processes")) {
      var reason = Json.text(process, "reason").map(it -> ": " + it).orElse("");
      table.row(
          "Process",
          process.path("type").asText() + " " + process.path("status").asText() + reason);
    }
    table.print(screen());
    return ExitCode.OK;
  }
}
