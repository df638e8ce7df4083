package io.platform.cli.command.build;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform builds cancel}. */
public final class BuildsCancelCommand extends AppCommand {
  private final OptionValue<String> id = optional("ID|latest", "The build (default: latest).");

  public BuildsCancelCommand(CommandContext context) {
    super(
        context, "cancel", "Cancel a build that has not ended. The current release keeps running.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var build = target.api().cancel(target.app(), id.or("latest"));
    console().heading("Canceling build " + build.id() + " of " + target.app());
    return ExitCode.OK;
  }
}
