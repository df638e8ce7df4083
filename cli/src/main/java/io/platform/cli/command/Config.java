package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform config}. */
final class Config extends AppCommand {
  private final OptionValue<Boolean> json = json();

  Config(CommandContext context) {
    super(context, "config", "Show the app's config vars, which are its environment.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var config = target.api().config(target.app());
    if (json.given()) {
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
