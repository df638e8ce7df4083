package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform accounts}. */
final class Accounts extends ServerCommand {
  private final OptionValue<Boolean> json = json();

  Accounts(CommandContext context) {
    super(context, "accounts", "List the accounts (administrators).");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var tree = accounts(login()).accounts();
    if (json.given()) {
      screen().json(tree);
      return ExitCode.OK;
    }
    var table = new Table("E-MAIL", "NAMESPACE", "ID");
    for (var account : tree) {
      table.row(
          account.path("email").asText(),
          account.path("namespace").asText(),
          account.path("id").asText());
    }
    table.print(screen());
    return ExitCode.OK;
  }
}
