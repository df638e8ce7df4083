package io.platform.cli.command;

import io.platform.cli.client.AuthServer;
import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform passwd}. */
final class Passwd extends ServerCommand {
  private final OptionValue<Boolean> passwordsFromInput =
      flag(
          "Read the old and the new password from standard input, one a line.", "--password-stdin");

  Passwd(CommandContext context) {
    super(
        context,
        "passwd",
        "Change your password; all your other logins end.",
        "It asks for the old one, and twice for the new one.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var change = new Passwords(context).change(passwordsFromInput.given());
    accounts(login).changePassword(change.old(), change.replacement());
    var auth = AuthServer.discover(login.server(), context.clients());
    logins()
        .save(
            new NewLogin(context)
                .obtain(login.server(), auth, login.email(), change.replacement()));
    screen().heading("Changed the password of " + login.email() + " at " + login.server());
    screen().body("You are logged in here; all other logins have ended.");
    return ExitCode.OK;
  }
}
