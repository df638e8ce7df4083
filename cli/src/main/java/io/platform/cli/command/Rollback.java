package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code platform rollback}. */
@Command(
    name = "rollback",
    description = "Release anew what an earlier release was: its code and its config.")
final class Rollback extends AppAction {
  @Parameters(
      arity = "0..1",
      paramLabel = "vN",
      description = "The release to go back to (default: the one before).")
  @Nullable String version;

  Rollback(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var release =
        target.api().rollback(target.app(), Optional.ofNullable(version).map(Rollback::withV));
    screen().heading(release.description() + ", as " + release.version() + " of " + target.app());
    return new RollOut(target, screen()).await(release);
  }

  private static String withV(String version) {
    return version.matches("\\d+") ? "v" + version : version;
  }
}
