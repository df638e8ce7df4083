package io.platform.cli.command.login;

import io.platform.cli.client.AuthServerApi;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.Login;
import io.platform.cli.client.ServerUrl;
import io.platform.cli.command.Command;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.Times;
import java.io.IOException;

/** {@code platform login}. */
public final class LoginCommand extends Command {
  private static final String OWN_MACHINE = "http://localhost:8080";

  private final OptionValue<String> url =
      optional("URL", "The server (default: the last one, or " + OWN_MACHINE + ").");

  private final OptionValue<String> email =
      option("E", "Your e-mail address; asked for otherwise.", "--email");

  private final OptionValue<Boolean> passwordFromInput =
      flag("Read the password from standard input.", "--password-stdin");

  public LoginCommand(CommandContext context) {
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
      console()
          .note(
              "Mind: "
                  + server
                  + " is not encrypted; others on the way can read password and token.");
    }
    var auth = AuthServerApi.discover(server, context.clients());
    var passwords = new CredentialsPrompt(context);
    var address = email.get().orElseGet(() -> passwords.email("to log in at " + server));
    var password = passwords.password(passwordFromInput.given(), "Password: ");
    var login = new NewLogin(context).obtain(server, auth, address, password);
    var before = logins().find(server);
    logins().save(login);
    before.ifPresent(this::revokeQuietly);
    registerHelper(server);
    console().heading("Logged in at " + server + " as " + login.email());
    console().body("Until " + Times.date(login.expires(), context) + ", or `platform logout`.");
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
      AuthServerApi.revoke(before, context.clients());
    } catch (ClientException e) {
      console().note("The login of before could not be ended at the server; it ends by itself.");
    }
  }

  private void registerHelper(ServerUrl server) {
    var git = git();
    if (!git.isInstalled()) {
      console()
          .note("git is not on the PATH: once it is, log in again, so that git finds your login.");
      return;
    }
    var switchedOff = git.switchedOffSettings();
    if (switchedOff.isPresent()) {
      console()
          .note(
              "git does not know of this login, because its global settings are in %s, which is not a regular file. Name another file in GIT_CONFIG_GLOBAL, and log in again."
                  .formatted(switchedOff.get()));
      return;
    }
    git.setCredentialHelper(server.toString(), CredentialHelperCommand.command(context.program()));
  }
}
