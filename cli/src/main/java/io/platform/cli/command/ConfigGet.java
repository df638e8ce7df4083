package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.Json;
import java.io.IOException;

/** {@code platform config get}. */
final class ConfigGet extends AppCommand {
  private final OptionValue<String> name = argument("NAME", "The config var.");

  private final OptionValue<Boolean> json = json();

  ConfigGet(CommandContext context) {
    super(context, "get", "Show the value of one config var.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var value = Json.text(target.api().config(target.app()), name.required());
    if (value.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND, target.app() + " has no config var " + name.required() + ".");
    }
    if (json.given()) {
      screen().json(Json.object().put(name.required(), value.get()));
    } else {
      screen().value(value.get());
    }
    return ExitCode.OK;
  }
}
