package io.platform.cli.command.build;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform builds cache}. */
public final class BuildsCacheCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  public BuildsCacheCommand(CommandContext context) {
    super(context, "cache", "Show how large the cache is that the next build gets.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var cache = target.api().buildCache(target.app());
    if (json.given()) {
      console().json(cache);
    } else {
      console().line("%,d bytes".formatted(cache.path("size").asLong()));
    }
    return ExitCode.OK;
  }
}
