package io.platform.cli.command.login;

import io.platform.cli.client.AuthServerApi;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.Login;
import io.platform.cli.client.ServerUrl;
import io.platform.cli.command.Command;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.Times;
import java.io.IOException;
import java.util.Optional;

/** {@code platform logout}. */
public final class LogoutCommand extends Command {
  private final OptionValue<String> url = optional("URL", "The server (default: the last one).");

  public LogoutCommand(CommandContext context) {
    super(context, "logout", "End the login, at the server and here.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var server = server();
    var login = server.isPresent() ? logins().find(server.get()) : Optional.<Login>empty();
    server.ifPresent(it -> git().removeCredentialHelper(it.toString()));
    if (login.isEmpty()) {
      console().line("You are not logged in" + server.map(it -> " at " + it).orElse("") + ".");
      return ExitCode.OK;
    }
    logins().forget(login.get().server(), login.get().token());
    try {
      AuthServerApi.revoke(login.get(), context.clients());
    } catch (ClientException failed) {
      throw new CommandFailure(
          failed instanceof ClientException.Unreachable ? ExitCode.UNREACHABLE : ExitCode.FAILED,
          "The login is forgotten here, but could not be ended at the server: "
              + failed.getMessage(),
          "It ends by itself on " + Times.date(login.get().expires(), context) + ".");
    }
    console().heading("Logged out of " + login.get().server());
    return ExitCode.OK;
  }

  private Optional<ServerUrl> server() throws IOException {
    return url.get().isPresent() ? url.get().map(ServerCommand::url) : logins().current();
  }
}
