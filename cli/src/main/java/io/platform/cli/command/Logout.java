package io.platform.cli.command;

import io.platform.cli.client.AuthServer;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.Login;
import io.platform.cli.client.ServerUrl;
import java.io.IOException;
import java.util.Optional;

/** {@code platform logout}. */
final class Logout extends Command {
  private final OptionValue<String> url = optional("URL", "The server (default: the last one).");

  Logout(CommandContext context) {
    super(context, "logout", "End the login, at the server and here.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var server = server();
    var login = server.isPresent() ? logins().find(server.get()) : Optional.<Login>empty();
    server.ifPresent(it -> git().removeCredentialHelper(it.toString()));
    if (login.isEmpty()) {
      screen().line("You are not logged in" + server.map(it -> " at " + it).orElse("") + ".");
      return ExitCode.OK;
    }
    logins().forget(login.get().server(), login.get().token());
    try {
      AuthServer.revoke(login.get(), context.clients());
    } catch (ClientException failed) {
      throw new CommandFailure(
          failed instanceof ClientException.Unreachable ? ExitCode.UNREACHABLE : ExitCode.FAILED,
          "The login is forgotten here, but could not be ended at the server: "
              + failed.getMessage(),
          "It ends by itself on " + Times.date(login.get().expires(), context) + ".");
    }
    screen().heading("Logged out of " + login.get().server());
    return ExitCode.OK;
  }

  private Optional<ServerUrl> server() throws IOException {
    return url.get().isPresent() ? url.get().map(ServerCommand::url) : logins().current();
  }
}
