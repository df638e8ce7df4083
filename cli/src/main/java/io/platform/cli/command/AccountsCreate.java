package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform accounts create}. */
final class AccountsCreate extends ServerCommand {
  private final OptionValue<String> email =
      argument("EMAIL", "The e-mail address, with which the user logs in.");

  private final OptionValue<String> namespace =
      option(
          "NS",
          "The account's own namespace (default: from the e-mail address).",
          "-n",
          "--namespace");

  private final OptionValue<Boolean> passwordFromInput =
      flag("Read the password from standard input.", "--password-stdin");

  AccountsCreate(CommandContext context) {
    super(context, "create", "Make an account with a namespace of its own (administrators).");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var email = this.email.required();
    var password =
        new Passwords(context).password(passwordFromInput.given(), "Password for " + email + ": ");
    var made = accounts(login).createAccount(email, password, namespace.get());
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
