package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import java.util.List;

/** {@code platform accounts remove}. */
final class AccountsRemove extends ServerCommand {
  private final OptionValue<String> email = argument("EMAIL", "The account.");

  private final OptionValue<String> confirm =
      option("EMAIL", "The e-mail address once more; asked for otherwise.", "--confirm");

  AccountsRemove(CommandContext context) {
    super(
        context,
        "remove",
        "Remove an account; its logins end at once (administrators).",
        "Namespaces that nobody else owns become yours, with the apps in them.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var email = this.email.required();
    new Confirmation(context)
        .require(
            confirm.get(),
            email,
            List.of(email),
            "This removes the account " + email + " and ends its logins. There is no way back.",
            "platform accounts remove " + email + " --confirm " + email);
    var inherited = accounts(login).removeAccount(email);
    screen().heading("Removed the account " + email);
    if (!inherited.isEmpty()) {
      screen().body("You own now: " + String.join(", ", inherited));
      screen().body("See what is in it: platform apps --namespace " + inherited.getFirst());
    }
    return ExitCode.OK;
  }
}
