package io.platform.cli.command.login;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.Table;
import io.platform.cli.command.Times;
import java.io.IOException;

/** {@code platform whoami}. */
public final class WhoamiCommand extends ServerCommand {
  private final OptionValue<Boolean> json = json();

  public WhoamiCommand(CommandContext context) {
    super(context, "whoami", "Show who you are to the server, and your namespaces.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var me = api(login).me();
    if (json.given()) {
      console().json(me);
      return ExitCode.OK;
    }
    var table = new Table();
    table.row("E-mail", JsonTree.text(me, "email").orElse(login.email()));
    table.row("Server", login.server().toString());
    for (var namespace : me.path("namespaces")) {
      table.row(
          "Namespace",
          namespace.path("name").asText() + " (" + namespace.path("role").asText() + ")");
    }
    table.row("Login ends", Times.date(login.expires(), context));
    table.print(console());
    return ExitCode.OK;
  }
}
