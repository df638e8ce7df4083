package io.platform.cli.command.config;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform config get}. */
public final class ConfigGetCommand extends AppCommand {
  private final OptionValue<String> name = argument("NAME", "The config var.");

  private final OptionValue<Boolean> json = json();

  public ConfigGetCommand(CommandContext context) {
    super(context, "get", "Show the value of one config var.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var value = JsonTree.text(target.api().config(target.app()), name.required());
    if (value.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND, target.app() + " has no config var " + name.required() + ".");
    }
    if (json.given()) {
      console().json(JsonTree.object().put(name.required(), value.get()));
    } else {
      console().value(value.get());
    }
    return ExitCode.OK;
  }
}
