package io.platform.cli.command.process;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform features disable}. */
public final class FeaturesDisableCommand extends AppCommand {
  private final OptionValue<String> feature =
      argument("NAME", "A feature: platform features lists them.", LiveNames.FEATURES);

  private final OptionValue<Boolean> json = json();

  public FeaturesDisableCommand(CommandContext context) {
    super(
        context,
        "disable",
        "Take a feature from the app; its processes are replaced where that needs it.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var features = target.api().setFeature(target.app(), feature.required(), false);
    if (json.given()) {
      console().json(features);
    } else {
      console().heading("Disabled " + feature.required() + " on " + target.app());
    }
    return ExitCode.OK;
  }
}
