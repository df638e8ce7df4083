package io.platform.cli.command.app;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.Table;
import java.io.IOException;

/** {@code platform apps}. */
public final class AppsCommand extends ServerCommand {
  private final OptionValue<String> namespace =
      option("NS", "Only those of this namespace.", "-n", "--namespace");

  private final OptionValue<Boolean> json = json();

  public AppsCommand(CommandContext context) {
    super(context, "apps", "List the apps that you may see.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    namespace(login, namespace);
    var tree = api(login).apps(namespace.get());
    if (json.given()) {
      console().json(tree);
      return ExitCode.OK;
    }
    var apps = PlatformApi.appsOf(tree);
    if (apps.isEmpty()) {
      console().note("No apps yet. Make one: platform create NAME");
      return ExitCode.OK;
    }
    var table = new Table("APP", "STATUS", "PROCESSES", "RELEASE", "URL");
    for (var app : apps) {
      table.row(
          app.name().toString(),
          app.state(),
          app.formation(),
          app.release().orElse("-"),
          app.url());
    }
    table.print(console());
    return ExitCode.OK;
  }
}
