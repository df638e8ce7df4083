package io.platform.cli.command;

import io.platform.cli.client.AccountsApi;
import io.platform.cli.client.Login;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.client.ServerUrl;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A verb that needs a server and a login there. */
abstract class ServerAction extends Action {

  private final Value<String> server =
      option("URL", "The server to talk to, if it is not the one logged in to last.", "--server");

  private @Nullable ServerUrl used;

  ServerAction(Surroundings here, String name, String... description) {
    super(here, name, description);
  }

  /** The server that was talked to; it is named in errors. */
  final Optional<ServerUrl> used() {
    return Optional.ofNullable(used);
  }

  /** The server that the user named on the command line. */
  final Optional<ServerUrl> named() {
    return server
        .get()
        .map(ServerAction::url)
        .or(() -> outer(ServerAction.class).flatMap(ServerAction::named));
  }

  static ServerUrl url(String text) {
    return ServerUrl.parse(text)
        .orElseThrow(() ->
            new Failure(
                ExitCode.USAGE,
                "\"" + text + "\" is not the address of a server.",
                "It looks like https://platform.example.com or http://localhost:8080, without a path."));
  }

  /** The login at the server that was named, or else at the current one. */
  final Login login() throws IOException {
    var wanted = named().or(this::unchecked);
    return login(
        wanted.orElseThrow(() ->
            new Failure(
                ExitCode.UNAUTHORIZED,
                "You are not logged in to any server.",
                "Log in: platform login URL")));
  }

  private Optional<ServerUrl> unchecked() {
    try {
      return logins().current();
    } catch (IOException unreadable) {
      throw Failures.of(unreadable, Optional.empty());
    }
  }

  final Login login(ServerUrl server) throws IOException {
    used = server;
    var login = logins().find(server);
    if (login.isEmpty()) {
      throw new Failure(
          ExitCode.UNAUTHORIZED,
          "You are not logged in at " + server + ".",
          "Log in: platform login " + server);
    }
    if (login.get().isExpired(here.time().instant())) {
      throw new Failure(
          ExitCode.UNAUTHORIZED,
          "Your login at " + server + " ended on " + Times.date(login.get().expires(), here) + ".",
          "Log in again: platform login " + server);
    }
    return login.get();
  }

  final PlatformApi api(Login login) {
    return new PlatformApi(login.server(), login.token(), here.connections());
  }

  final AccountsApi accounts(Login login) {
    return new AccountsApi(login, here.connections());
  }
}
