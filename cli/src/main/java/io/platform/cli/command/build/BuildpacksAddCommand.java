package io.platform.cli.command.build;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform buildpacks add}. */
public final class BuildpacksAddCommand extends AppCommand {
  private final OptionValue<String> buildpack =
      argument(
          "BUILDPACK",
          "A built-in one (nodejs, static, procfile), or a directory of the app, such as ./buildpack.");

  private final OptionValue<Integer> index =
      number("N", "Its place in the order, from 1; the last if not given.", "-i", "--index");

  private final OptionValue<Boolean> json = json();

  public BuildpacksAddCommand(CommandContext context) {
    super(context, "add", "Add a buildpack to those that are chosen.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    return BuildpacksCommand.tellChange(
        target.api().addBuildpack(target.app(), buildpack.required(), index.get()),
        target.app(),
        json.given(),
        console());
  }
}
