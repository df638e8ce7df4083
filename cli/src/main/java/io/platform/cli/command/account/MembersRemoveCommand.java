package io.platform.cli.command.account;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import java.io.IOException;

/** {@code platform members remove}. */
public final class MembersRemoveCommand extends ServerCommand {
  private final OptionValue<String> email = argument("EMAIL", "The account.");

  private final OptionValue<String> namespace =
      option("NS", "The namespace (default: your own).", "-n", "--namespace");

  public MembersRemoveCommand(CommandContext context) {
    super(context, "remove", "Take someone out of a namespace.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var where = namespace(login, namespace);
    var email = this.email.required();
    accounts(login).removeMember(where, email);
    console().heading(email + " is no longer a member of " + where);
    return ExitCode.OK;
  }
}
