package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code platform accounts create}. */
@Command(
    name = "create",
    description = "Make an account with a namespace of its own (administrators).")
final class AccountsCreate extends ServerAction {
  @Parameters(
      paramLabel = "EMAIL",
      description = "The e-mail address, with which the user logs in.")
  String email = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The account's own namespace (default: from the e-mail address).")
  @Nullable String namespace;

  @Option(names = "--password-stdin", description = "Read the password from standard input.")
  boolean passwordFromInput;

  AccountsCreate(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var password = new Passwords(here).password(passwordFromInput, "Password for " + email + ": ");
    var made = accounts(login).createAccount(email, password, Optional.ofNullable(namespace));
    screen().heading("Created the account " + made.path("email").asText(email));
    screen().body("Namespace  " + made.path("namespace").asText());
    screen()
        .body(
            "Log in     platform login "
                + login.server()
                + " --email "
                + made.path("email").asText(email));
    return ExitCode.OK;
  }
}
