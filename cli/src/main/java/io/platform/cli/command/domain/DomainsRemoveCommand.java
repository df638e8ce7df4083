package io.platform.cli.command.domain;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform domains remove}. */
public final class DomainsRemoveCommand extends AppCommand {
  private final OptionValue<String> name =
      argument("DOMAIN", "One of the app's domains.", LiveNames.DOMAINS);

  private final OptionValue<Boolean> json = json();

  public DomainsRemoveCommand(CommandContext context) {
    super(context, "remove", "Let the app answer at one of its domains no more.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    target.api().removeDomain(target.app(), name.required());
    if (json.given()) {
      console().json(target.api().domains(target.app()));
    } else {
      console().heading("Removed %s from %s".formatted(name.required(), target.app()));
    }
    return ExitCode.OK;
  }
}
