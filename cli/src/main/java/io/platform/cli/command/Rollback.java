package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform rollback}. */
final class Rollback extends AppCommand {
  private final OptionValue<String> version =
      optional("vN", "The release to go back to (default: the one before).");

  Rollback(CommandContext context) {
    super(
        context, "rollback", "Release anew what an earlier release was: its code and its config.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var release = target.api().rollback(target.app(), version.get().map(Rollback::withV));
    screen().heading(release.description() + ", as " + release.version() + " of " + target.app());
    return new RollOut(target, screen()).await(release);
  }

  private static String withV(String version) {
    return version.matches("\\d+") ? "v" + version : version;
  }
}
