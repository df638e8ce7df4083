package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code platform config}. */
@Command(name = "config", description = "Show the app's config vars, which are its environment.")
final class Config extends AppAction {
  @Mixin final JsonOption json = new JsonOption();

  Config(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var config = target.api().config(target.app());
    if (json.wanted) {
      screen().json(config);
      return ExitCode.OK;
    }
    if (config.isEmpty()) {
      screen().note("No config vars yet: platform config set NAME=VALUE");
      return ExitCode.OK;
    }
    var table = new Table();
    config.properties().forEach(it -> table.row(it.getKey(), it.getValue().asText()));
    table.print(screen());
    return ExitCode.OK;
  }
}
