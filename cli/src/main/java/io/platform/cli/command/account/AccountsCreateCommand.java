package io.platform.cli.command.account;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.login.CredentialsPrompt;
import java.io.IOException;

/** {@code platform accounts create}. */
public final class AccountsCreateCommand extends ServerCommand {
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

  public AccountsCreateCommand(CommandContext context) {
    super(context, "create", "Make an account with a namespace of its own (administrators).");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var email = this.email.required();
    var password =
        new CredentialsPrompt(context)
            .password(passwordFromInput.given(), "Password for " + email + ": ");
    var made = accounts(login).createAccount(email, password, namespace.get());
    console().heading("Created the account " + made.path("email").asText(email));
    console().body("Namespace  " + made.path("namespace").asText());
    console()
        .body(
            "Log in     platform login "
                + login.server()
                + " --email "
                + made.path("email").asText(email));
    return ExitCode.OK;
  }
}
