package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform builds cancel}. */
final class BuildsCancel extends AppCommand {
  private final OptionValue<String> id = optional("ID|latest", "The build (default: latest).");

  BuildsCancel(CommandContext context) {
    super(
        context, "cancel", "Cancel a build that has not ended. The current release keeps running.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var build = target.api().cancel(target.app(), id.or("latest"));
    screen().heading("Canceling build " + build.id() + " of " + target.app());
    return ExitCode.OK;
  }
}
