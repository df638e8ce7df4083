package io.platform.cli.command.build;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.List;

/** {@code platform buildpacks clear}. */
public final class BuildpacksClearCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  public BuildpacksClearCommand(CommandContext context) {
    super(context, "clear", "Let the app's files decide again.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    return BuildpacksCommand.tellChange(
        target.api().setBuildpacks(target.app(), List.of()), target.app(), json.given(), console());
  }
}
