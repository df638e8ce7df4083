package io.platform.cli.command.config;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import java.io.IOException;

/** {@code platform config}. */
public final class ConfigCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  public ConfigCommand(CommandContext context) {
    super(context, "config", "Show the app's config vars, which are its environment.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var config = target.api().config(target.app());
    if (json.given()) {
      console().json(config);
      return ExitCode.OK;
    }
    if (config.isEmpty()) {
      console().note("No config vars yet: platform config set NAME=VALUE");
      return ExitCode.OK;
    }
    var table = new Table();
    config.properties().forEach(it -> table.row(it.getKey(), it.getValue().asText()));
    table.print(console());
    return ExitCode.OK;
  }
}
