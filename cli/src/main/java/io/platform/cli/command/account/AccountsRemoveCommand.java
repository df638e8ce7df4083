package io.platform.cli.command.account;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.client.Login;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.Confirmation;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.Suggestions;
import java.io.IOException;
import java.text.Normalizer;
import java.util.List;

/** {@code platform accounts remove}. */
public final class AccountsRemoveCommand extends ServerCommand {
  private final OptionValue<String> email = argument("EMAIL", "The account.");

  private final OptionValue<String> confirm =
      option("EMAIL", "The e-mail address once more; asked for otherwise.", "--confirm");

  public AccountsRemoveCommand(CommandContext context) {
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
    if (confirm.get().isEmpty()) {
      checkThatThereIs(email, login);
    }
    new Confirmation(context)
        .require(
            confirm.get(),
            email,
            List.of(email),
            "This removes the account " + email + " and ends its logins. There is no way back.",
            "platform accounts remove " + email + " --confirm " + email);
    var inherited = accounts(login).removeAccount(email);
    console().heading("Removed the account " + email);
    if (!inherited.isEmpty()) {
      console().body("You own now: " + String.join(", ", inherited));
      console().body("See what is in it: platform apps --namespace " + inherited.getFirst());
    }
    return ExitCode.OK;
  }

  private void checkThatThereIs(String email, Login login) throws ClientException {
    var there = JsonTree.texts(accounts(login).accounts(), "email");
    var wanted = Normalizer.normalize(email.strip(), Normalizer.Form.NFC);
    if (there.stream().noneMatch(wanted::equalsIgnoreCase)) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "There is no account "
              + email
              + Suggestions.nearest(wanted, there)
                  .map(near -> ". " + Suggestions.didYouMean(near))
                  .orElse("; check the spelling of the address."));
    }
  }
}
