package io.platform.cli.command.app;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import io.platform.cli.command.Times;
import java.io.IOException;

/** {@code platform info}. */
public final class InfoCommand extends AppCommand {
  private final OptionValue<String> name = optional("[NS/]APP", "The app; the same as --app.");

  private final OptionValue<Boolean> json = json();

  public InfoCommand(CommandContext context) {
    super(context, "info", "Show an app: its addresses, its release, its state.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = name.get().isPresent() ? target(name.required()) : target();
    var app = target.api().app(target.app());
    if (json.given()) {
      console().json(app.json());
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
            .row("Processes", app.formation())
            .row("Created", Times.of(app.created(), context));
    if (app.maintenance()) {
      table.row("Maintenance", "on: visitors get a page, and not the app");
    }
    for (var process : app.json().path("processes")) {
      var reason = JsonTree.text(process, "reason").map(it -> ": " + it).orElse("");
      table.row(
          "Process",
          process.path("name").asText() + " " + process.path("status").asText() + reason);
    }
    table.print(console());
    return ExitCode.OK;
  }
}
