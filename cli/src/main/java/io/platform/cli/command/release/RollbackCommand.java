package io.platform.cli.command.release;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform rollback}. */
public final class RollbackCommand extends AppCommand {
  private final OptionValue<String> version =
      optional("vN", "The release to go back to (default: the one before).");

  public RollbackCommand(CommandContext context) {
    super(
        context, "rollback", "Release anew what an earlier release was: its code and its config.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var release = target.api().rollback(target.app(), version.get().map(RollbackCommand::withV));
    console().heading(release.description() + ", as " + release.version() + " of " + target.app());
    return new ReleaseWait(target, console()).await(release);
  }

  private static String withV(String version) {
    return version.matches("\\d+") ? "v" + version : version;
  }
}
