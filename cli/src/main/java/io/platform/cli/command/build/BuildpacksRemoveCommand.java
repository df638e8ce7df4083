package io.platform.cli.command.build;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform buildpacks remove}. */
public final class BuildpacksRemoveCommand extends AppCommand {
  private final OptionValue<String> buildpack =
      argument("BUILDPACK", "One that is chosen.", LiveNames.BUILDPACKS);

  private final OptionValue<Boolean> json = json();

  public BuildpacksRemoveCommand(CommandContext context) {
    super(context, "remove", "Remove a buildpack from those that are chosen.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    return BuildpacksCommand.tellChange(
        target.api().removeBuildpack(target.app(), buildpack.required()),
        target.app(),
        json.given(),
        console());
  }
}
