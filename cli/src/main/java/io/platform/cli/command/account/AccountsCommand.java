package io.platform.cli.command.account;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.Table;
import java.io.IOException;

/** {@code platform accounts}. */
public final class AccountsCommand extends ServerCommand {
  private final OptionValue<Boolean> json = json();

  public AccountsCommand(CommandContext context) {
    super(context, "accounts", "List the accounts (administrators).");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var tree = accounts(login()).accounts();
    if (json.given()) {
      console().json(tree);
      return ExitCode.OK;
    }
    var table = new Table("E-MAIL", "NAMESPACE", "ID");
    for (var account : tree) {
      table.row(
          account.path("email").asText(),
          account.path("namespace").asText(),
          account.path("id").asText());
    }
    table.print(console());
    return ExitCode.OK;
  }
}
