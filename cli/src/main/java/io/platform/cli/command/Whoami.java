package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.Json;
import java.io.IOException;

/** {@code platform whoami}. */
final class Whoami extends ServerCommand {
  private final OptionValue<Boolean> json = json();

  Whoami(CommandContext context) {
    super(context, "whoami", "Show who you are to the server, and your namespaces.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var me = api(login).me();
    if (json.given()) {
      screen().json(me);
      return ExitCode.OK;
    }
    var table = new Table();
    table.row("E-mail", Json.text(me, "email").orElse(login.email()));
    table.row("Server", login.server().toString());
    for (var namespace : me.path("namespaces")) {
      table.row(
          "Namespace",
          namespace.path("name").asText() + " (" + namespace.path("role").asText() + ")");
    }
    table.row("Login ends", Times.date(login.expires(), context));
    table.print(screen());
    return ExitCode.OK;
  }
}
