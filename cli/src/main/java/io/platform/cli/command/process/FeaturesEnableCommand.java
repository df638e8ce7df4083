package io.platform.cli.command.process;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform features enable}. */
public final class FeaturesEnableCommand extends AppCommand {
  private final OptionValue<String> feature =
      argument("NAME", "A feature: platform features lists them.", LiveNames.FEATURES);

  private final OptionValue<Boolean> json = json();

  public FeaturesEnableCommand(CommandContext context) {
    super(
        context,
        "enable",
        "Give the app a feature; its processes are replaced where that needs it.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var features = target.api().setFeature(target.app(), feature.required(), true);
    if (json.given()) {
      console().json(features);
    } else {
      console().heading("Enabled " + feature.required() + " on " + target.app());
    }
    return ExitCode.OK;
  }
}
