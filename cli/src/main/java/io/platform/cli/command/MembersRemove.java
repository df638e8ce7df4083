package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform members remove}. */
final class MembersRemove extends ServerCommand {
  private final OptionValue<String> email = argument("EMAIL", "The account.");

  private final OptionValue<String> namespace =
      option("NS", "The namespace (default: your own).", "-n", "--namespace");

  MembersRemove(CommandContext context) {
    super(context, "remove", "Take someone out of a namespace.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var where = namespace(login, namespace);
    var email = this.email.required();
    accounts(login).removeMember(where, email);
    screen().heading(email + " is no longer a member of " + where);
    return ExitCode.OK;
  }
}
