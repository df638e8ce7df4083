package io.platform.cli.command.domain;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform maintenance off}. */
public final class MaintenanceOffCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  public MaintenanceOffCommand(CommandContext context) {
    super(context, "off", "Let visitors reach the app again.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var state = target.api().maintenanceOff(target.app());
    if (json.given()) {
      console().json(state);
    } else {
      console().heading("Maintenance of %s is off".formatted(target.app()));
    }
    return ExitCode.OK;
  }
}
