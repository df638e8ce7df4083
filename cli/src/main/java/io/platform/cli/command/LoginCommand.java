package io.platform.cli.command;

import io.platform.cli.client.AuthServer;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.Login;
import io.platform.cli.client.ServerUrl;
import java.io.IOException;

/** {@code platform login}. */
final class LoginCommand extends Command {
  private static final String OWN_MACHINE = "http://localhost:8080";

  private final OptionValue<String> url =
      optional("URL", "The server (default: the last one, or " + OWN_MACHINE + ").");

  private final OptionValue<String> email =
      option("E", "Your e-mail address; asked for otherwise.", "--email");

  private final OptionValue<Boolean> passwordFromInput =
      flag("Read the password from standard input.", "--password-stdin");

  LoginCommand(CommandContext context) {
    super(
        context,
        "login",
        "Log in to a server; git then finds the login by itself.",
        "The token is kept in $XDG_CONFIG_HOME/platform (or ~/.config/platform), for you alone to read.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var server = server();
    if (server.isOpenToOthers()) {
      screen()
          .note(
              "Mind: "
                  + server
                  + " is not encrypted; others on the way can read password and token.");
    }
    var auth = AuthServer.discover(server, context.clients());
    var passwords = new Passwords(context);
    var address = email.get().orElseGet(() -> passwords.email("to log in at " + server));
    var password = passwords.password(passwordFromInput.given(), "Password: ");
    var login = new NewLogin(context).obtain(server, auth, address, password);
    var before = logins().find(server);
    logins().save(login);
    before.ifPresent(this::revokeQuietly);
    registerHelper(server);
    screen().heading("Logged in at " + server + " as " + login.email());
    screen().body("Until " + Times.date(login.expires(), context) + ", or `platform logout`.");
    return ExitCode.OK;
  }

  private ServerUrl server() throws IOException {
    if (url.get().isPresent()) {
      return ServerCommand.url(url.required());
    }
    var last = logins().current();
    return last.orElseGet(() -> ServerCommand.url(OWN_MACHINE));
  }

  /** The login of before is replaced; when its token cannot be ended now, it ends by itself. */
  private void revokeQuietly(Login before) {
    try {
      AuthServer.revoke(before, context.clients());
    } catch (ClientException unheard) {
      screen().note("The login of before could not be ended at the server; it ends by itself.");
    }
  }

  private void registerHelper(ServerUrl server) {
    var git = git();
    if (git.isInstalled()) {
      git.setCredentialHelper(server.toString(), CredentialHelper.command(context.program()));
    } else {
      screen()
          .note("git is not on the PATH: once it is, log in again, so that git finds your login.");
    }
  }
}
