package io.platform.cli.command.domain;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform domains add}. */
public final class DomainsAddCommand extends AppCommand {
  private final OptionValue<String> name =
      argument(
          "DOMAIN",
          "A host name of your own, such as www.example.com, or *.example.com for all names one label below.");

  private final OptionValue<Boolean> json = json();

  public DomainsAddCommand(CommandContext context) {
    super(context, "add", "Let the app answer at a domain of your own, too.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var domains = target.api().addDomain(target.app(), name.required());
    if (json.given()) {
      console().json(domains);
      return ExitCode.OK;
    }
    console().heading("%s is a domain of %s".formatted(name.required(), target.app()));
    for (var to : JsonTree.texts(domains, "target").stream().distinct().toList()) {
      console().body("DNS  CNAME record to " + to);
      console()
          .body("     A domain without a label before it, such as example.com, takes an ALIAS,");
      console().body("     or the addresses of that name.");
    }
    return ExitCode.OK;
  }
}
