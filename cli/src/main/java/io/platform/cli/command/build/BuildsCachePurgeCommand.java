package io.platform.cli.command.build;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import java.io.IOException;

/** {@code platform builds cache purge}. */
public final class BuildsCachePurgeCommand extends AppCommand {
  public BuildsCachePurgeCommand(CommandContext context) {
    super(context, "purge", "Let the next build begin without a cache.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var size = target.api().purgeBuildCache(target.app()).path("size").asLong();
    if (size == 0) {
      console().note("The build cache of %s is empty.".formatted(target.app()));
    } else {
      console().heading("Purging the build cache of %s (%,d bytes)".formatted(target.app(), size));
    }
    return ExitCode.OK;
  }
}
