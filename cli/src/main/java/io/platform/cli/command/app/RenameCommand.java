package io.platform.cli.command.app;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform rename}. */
public final class RenameCommand extends AppCommand {
  private final OptionValue<String> name =
      argument("NAME", "Up to 30 small letters, digits and hyphens; begins with a letter.");

  private final OptionValue<Boolean> json = json();

  public RenameCommand(CommandContext context) {
    super(
        context,
        "rename",
        "Give the app another name, and with it another URL and git remote.",
        "What runs goes on. The git remotes here that led to the app lead to its new name.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var app = target.api().rename(target.app(), name.required());
    new MovedApp(this).tell("Renamed", target, app, json.given());
    return ExitCode.OK;
  }
}
