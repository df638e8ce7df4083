package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code platform accounts}. */
@Command(name = "accounts", description = "List the accounts (administrators).")
final class Accounts extends ServerAction {
  @Mixin final JsonOption json = new JsonOption();

  Accounts(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var tree = accounts(login()).accounts();
    if (json.wanted) {
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
