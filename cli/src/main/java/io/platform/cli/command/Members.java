package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform members}. */
final class Members extends ServerCommand {
  private final OptionValue<String> namespace =
      optional("NS", "The namespace (default: your own).");

  private final OptionValue<Boolean> json = json();

  Members(CommandContext context) {
    super(context, "members", "List who may do what in a namespace.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var tree = accounts(login).members(namespace(login, namespace));
    if (json.given()) {
      screen().json(tree);
      return ExitCode.OK;
    }
    var table = new Table("E-MAIL", "ROLE");
    for (var member : tree) {
      table.row(member.path("email").asText(), member.path("role").asText());
    }
    table.print(screen());
    return ExitCode.OK;
  }
}
