package io.platform.cli.command.app;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform transfer}. */
public final class TransferCommand extends AppCommand {
  private final OptionValue<String> namespace =
      argument("NAMESPACE", "One in which you may create apps.");

  private final OptionValue<Boolean> json = json();

  public TransferCommand(CommandContext context) {
    super(
        context,
        "transfer",
        "Move the app to another namespace, and with it to another URL and git remote.",
        "What runs goes on. The git remotes here that led to the app lead to its new place.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var app = target.api().transfer(target.app(), namespace.required());
    new MovedApp(this).tell("Transferred", target, app, json.given());
    return ExitCode.OK;
  }
}
