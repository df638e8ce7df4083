package io.platform.cli.command.login;

import io.platform.cli.client.AuthServerApi;
import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import java.io.IOException;

/** {@code platform passwd}. */
public final class PasswdCommand extends ServerCommand {
  private final OptionValue<Boolean> passwordsFromInput =
      flag(
          "Read the old and the new password from standard input, one a line.", "--password-stdin");

  public PasswdCommand(CommandContext context) {
    super(
        context,
        "passwd",
        "Change your password; all your other logins end.",
        "It asks for the old one, and twice for the new one.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var change = new CredentialsPrompt(context).change(passwordsFromInput.given());
    accounts(login).changePassword(change.old(), change.replacement());
    var auth = AuthServerApi.discover(login.server(), context.clients());
    logins()
        .save(
            new NewLogin(context)
                .obtain(login.server(), auth, login.email(), change.replacement()));
    console().heading("Changed the password of " + login.email() + " at " + login.server());
    console().body("You are logged in here; all other logins have ended.");
    return ExitCode.OK;
  }
}
