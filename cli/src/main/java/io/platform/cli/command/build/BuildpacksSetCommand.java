package io.platform.cli.command.build;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.List;

/** {@code platform buildpacks set}. */
public final class BuildpacksSetCommand extends AppCommand {
  private final OptionValue<List<String>> buildpacks =
      arguments(
          "BUILDPACK",
          "A built-in one (nodejs, static, procfile), or a directory of the app, such as ./buildpack.");

  private final OptionValue<Boolean> json = json();

  public BuildpacksSetCommand(CommandContext context) {
    super(
        context,
        "set",
        "Choose the buildpacks of the next builds, in the order in which they run.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    return BuildpacksCommand.tellChange(
        target.api().setBuildpacks(target.app(), buildpacks.required()),
        target.app(),
        json.given(),
        console());
  }
}
