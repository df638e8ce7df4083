package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.PlatformApi;
import java.io.IOException;

/** {@code platform apps}. */
final class Apps extends ServerCommand {
  private final OptionValue<String> namespace =
      option("NS", "Only those of this namespace.", "-n", "--namespace");

  private final OptionValue<Boolean> json = json();

  Apps(CommandContext context) {
    super(context, "apps", "List the apps that you may see.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    namespace(login, namespace);
    var tree = api(login).apps(namespace.get());
    if (json.given()) {
      screen().json(tree);
      return ExitCode.OK;
    }
    var apps = PlatformApi.appsOf(tree);
    if (apps.isEmpty()) {
      screen().note("No apps yet. Make one: platform create NAME");
      return ExitCode.OK;
    }
    var table = new Table("APP", "STATUS", "RELEASE", "URL");
    for (var app : apps) {
      table.row(app.name().toString(), app.state(), app.release().orElse("-"), app.url());
    }
    table.print(screen());
    return ExitCode.OK;
  }
}
