package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code platform config get}. */
@Command(name = "get", description = "Show the value of one config var.")
final class ConfigGet extends AppAction {
  @Parameters(paramLabel = "NAME", description = "The config var.")
  String name = "";

  @Mixin final JsonOption json = new JsonOption();

  ConfigGet(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var value = Json.text(target.api().config(target.app()), name);
    if (value.isEmpty()) {
      throw new Failure(ExitCode.NOT_FOUND, target.app() + " has no config var " + name + ".");
    }
    if (json.wanted) {
      screen().json(Json.object().put(name, value.get()));
    } else {
      screen().line(value.get());
    }
    return ExitCode.OK;
  }
}
