package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform accounts}. */
final class Accounts extends ServerAction {
  private final Value<Boolean> json = json();

  Accounts(Surroundings here) {
    super(here, "accounts", "List the accounts (administrators).");
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
