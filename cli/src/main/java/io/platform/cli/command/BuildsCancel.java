package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code platform builds cancel}. */
@Command(
    name = "cancel",
    description = "Cancel a build that has not ended; what ran before goes on.")
final class BuildsCancel extends AppAction {
  @Parameters(
      arity = "0..1",
      paramLabel = "ID|latest",
      description = "The build (default: ${DEFAULT-VALUE}).")
  String id = "latest";

  BuildsCancel(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var build = target.api().cancel(target.app(), id);
    screen().heading("Canceling build " + build.id() + " of " + target.app());
    return ExitCode.OK;
  }
}
