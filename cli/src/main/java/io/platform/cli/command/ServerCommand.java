package io.platform.cli.command;

import io.platform.cli.client.AccountsApi;
import io.platform.cli.client.JsonTree;
import io.platform.cli.client.Login;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.client.ServerUrl;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A command that needs a server and a login there. */
@SuppressWarnings(
    "this-escape") // options are fields, and picocli only keeps the references until it parses
public abstract class ServerCommand extends Command {

  private final OptionValue<String> server =
      option("URL", "The server to talk to, if it is not the one logged in to last.", "--server");

  private @Nullable ServerUrl used;
  private Optional<Asked> asked = Optional.empty();

  public ServerCommand(CommandContext context, String name, String... description) {
    super(context, name, description);
  }

  /** The server that was talked to; it is named in errors. */
  public final Optional<ServerUrl> used() {
    return Optional.ofNullable(used);
  }

  /** The server that the user named on the command line. */
  final Optional<ServerUrl> named() {
    return server
        .get()
        .map(ServerCommand::url)
        .or(() -> parent(ServerCommand.class).flatMap(ServerCommand::named));
  }

  public static ServerUrl url(String text) {
    return ServerUrl.parse(text)
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.USAGE,
                "\"" + text + "\" is not the address of a server.",
                "It looks like https://platform.example.com or http://localhost:8080, without a path."));
  }

  /** The login at the server that was named, or else at the current one. */
  public final Login login() throws IOException {
    var wanted = named().or(this::unchecked);
    return login(
        wanted.orElseThrow(() ->
            new CommandFailure(
                ExitCode.UNAUTHORIZED,
                "You are not logged in to any server.",
                "Log in: platform login URL")));
  }

  private Optional<ServerUrl> unchecked() {
    try {
      return logins().current();
    } catch (IOException unreadable) {
      throw CommandFailures.of(unreadable, Optional.empty());
    }
  }

  final Login login(ServerUrl server) throws IOException {
    used = server;
    var login = logins().find(server);
    if (login.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNAUTHORIZED,
          "You are not logged in at " + server + ".",
          "Log in: platform login " + server);
    }
    if (login.get().isExpired(context.time().instant())) {
      throw new CommandFailure(
          ExitCode.UNAUTHORIZED,
          "Your login at "
              + server
              + " ended on "
              + Times.date(login.get().expires(), context)
              + ".",
          "Log in again: platform login " + server);
    }
    return login.get();
  }

  /** What may have been meant where the server does not know what was named. */
  public Optional<String> meant() {
    return asked.flatMap(it ->
        Suggestions.nearest(
            it.name(),
            suggestions(() ->
                JsonTree.texts(
                    new AccountsApi(it.login(), context.clients()).namespaces(), "name"))));
  }

  /** A question to the server of which no answer is no error. */
  final List<String> suggestions(Callable<List<String>> question) {
    try {
      return question.call();
    } catch (Exception e) {
      return List.of();
    }
  }

  /** The namespace that is named, or the user's own; it is what a "not found" is about. */
  public final String namespace(Login login, OptionValue<String> given) {
    var name = given.or(login.namespace());
    asked = Optional.of(new Asked(name, login));
    return name;
  }

  private record Asked(String name, Login login) {}

  public final PlatformApi api(Login login) {
    return new PlatformApi(login.server(), login.token(), context.clients());
  }

  public final AccountsApi accounts(Login login) {
    return new AccountsApi(login, context.clients());
  }
}
