package io.platform.cli.command.domain;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform maintenance on}. */
public final class MaintenanceOnCommand extends AppCommand {
  private final OptionValue<String> page =
      option(
          "URL", "A page of your own, in HTML. The server fetches it now, and keeps it.", "--page");

  private final OptionValue<Boolean> json = json();

  public MaintenanceOnCommand(CommandContext context) {
    super(
        context,
        "on",
        "Answer visitors with a page (503); the app's processes run on.",
        "To fetch the page anew, turn maintenance on again.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var state = target.api().maintenanceOn(target.app(), page.get());
    if (json.given()) {
      console().json(state);
    } else {
      console().heading("Maintenance of %s is on; its processes run on".formatted(target.app()));
    }
    return ExitCode.OK;
  }
}
