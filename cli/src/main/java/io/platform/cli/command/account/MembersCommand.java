package io.platform.cli.command.account;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.Table;
import java.io.IOException;

/** {@code platform members}. */
public final class MembersCommand extends ServerCommand {
  private final OptionValue<String> namespace =
      optional("NS", "The namespace (default: your own).");

  private final OptionValue<Boolean> json = json();

  public MembersCommand(CommandContext context) {
    super(context, "members", "List who may do what in a namespace.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var tree = accounts(login).members(namespace(login, namespace));
    if (json.given()) {
      console().json(tree);
      return ExitCode.OK;
    }
    var table = new Table("E-MAIL", "ROLE");
    for (var member : tree) {
      table.row(member.path("email").asText(), member.path("role").asText());
    }
    table.print(console());
    return ExitCode.OK;
  }
}
