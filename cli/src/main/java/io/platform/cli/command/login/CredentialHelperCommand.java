package io.platform.cli.command.login;

import io.platform.cli.client.ServerUrl;
import io.platform.cli.command.Command;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code platform git-credential}: gives git the user's login (gitcredentials(7),
 * git-credential(1)). Where there is no good login it tells git to quit, so that git does not ask
 * for a password that there is no use for.
 */
public final class CredentialHelperCommand extends Command {
  private final OptionValue<String> operation = argument("get|store|erase", "What git wants.");

  public CredentialHelperCommand(CommandContext context) {
    super(context, "git-credential", "Answer git, which asks for the login of a server.");
    hide();
  }

  /** The value of git's setting: a line for the shell, whatever the path looks like. */
  static String command(String program) {
    return "!'" + program.replace("'", "'\\''") + "' git-credential";
  }

  @Override
  public Integer call() throws IOException {
    var asked = attributes();
    var server =
        Optional.ofNullable(asked.get("protocol"))
            .flatMap(protocol ->
                Optional.ofNullable(asked.get("host")).map(host -> protocol + "://" + host))
            .flatMap(ServerUrl::parse);
    if (server.isPresent()) {
      switch (operation.required()) {
        case "get" -> get(server.get());
        case "erase" -> erase(server.get(), asked.getOrDefault("password", ""));
        default -> {
          // Nothing to store: the login is where this helper found it. git asks to ignore what is
          // not known.
        }
      }
    }
    return ExitCode.OK;
  }

  private void get(ServerUrl server) throws IOException {
    var login = logins().find(server);
    if (login.isEmpty()) {
      quit("You are not logged in at " + server + ".", server);
    } else if (login.get().isExpired(context.time().instant())) {
      quit("Your login at " + server + " has ended.", server);
    } else {
      context.out().print("username=" + login.get().email() + "\n");
      context.out().print("password=" + login.get().token() + "\n");
      context.out().print("password_expiry_utc=" + login.get().expires().getEpochSecond() + "\n");
    }
  }

  private void quit(String why, ServerUrl server) {
    console().errors(List.of(why, "Run `platform login " + server + "`, and then git again."));
    context.out().print("quit=1\n");
  }

  /** git was turned away with this password; a newer login than that is none of its business. */
  private void erase(ServerUrl server, String password) throws IOException {
    var login = logins().find(server);
    if (login.isPresent() && login.get().token().equals(password)) {
      logins().forget(server, password);
      console()
          .errors(
              List.of(
                  "The server at " + server + " no longer accepts your login.",
                  "Run `platform login " + server + "`, and then git again."));
    }
  }

  private Map<String, String> attributes() throws IOException {
    var attributes = new HashMap<String, String>();
    var lines = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        attributes.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return attributes;
  }
}
