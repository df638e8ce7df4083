package io.platform.cli.command.domain;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import java.io.IOException;

/** {@code platform domains}. */
public final class DomainsCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  private final OptionValue<Boolean> names = flag("Print the names only.", "--names");

  public DomainsCommand(CommandContext context) {
    super(context, "domains", "List the app's own domains, and what to put into their DNS.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var domains = target.api().domains(target.app());
    if (names.given()) {
      JsonTree.texts(domains, "name").forEach(console()::value);
      return ExitCode.OK;
    }
    if (json.given()) {
      console().json(domains);
      return ExitCode.OK;
    }
    if (domains.isEmpty()) {
      console().note("No domains yet. Add one: platform domains add www.example.com");
      return ExitCode.OK;
    }
    var table = new Table("DOMAIN", "DNS RECORD", "TARGET");
    for (var domain : domains) {
      table.row(domain.path("name").asText(), "CNAME", domain.path("target").asText());
    }
    table.print(console());
    return ExitCode.OK;
  }
}
