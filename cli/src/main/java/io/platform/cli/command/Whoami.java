package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code platform whoami}. */
@Command(name = "whoami", description = "Show who you are to the server, and your namespaces.")
final class Whoami extends ServerAction {
  @Mixin final JsonOption json = new JsonOption();

  Whoami(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var me = api(login).me();
    if (json.wanted) {
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
    table.row("Login ends", Times.date(login.expires(), here.clock()));
    table.print(screen());
    return ExitCode.OK;
  }
}
