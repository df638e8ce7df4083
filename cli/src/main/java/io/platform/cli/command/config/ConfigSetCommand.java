package io.platform.cli.command.config;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** {@code platform config set}. */
public final class ConfigSetCommand extends ConfigChangeCommand {
  private final OptionValue<List<String>> assignments =
      arguments("NAME=VALUE", "Config vars; the value may be empty.");

  public ConfigSetCommand(CommandContext context) {
    super(context, "set", "Set config vars; the app is released anew with them.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var vars = new LinkedHashMap<String, Optional<String>>();
    for (var assignment : assignments.required()) {
      int equals = assignment.indexOf('=');
      if (equals < 0) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "What should " + name(assignment) + " be?",
            "platform config set "
                + assignment
                + "=VALUE sets it, platform config unset "
                + assignment
                + " removes it.");
      }
      vars.put(
          name(assignment.substring(0, equals)), Optional.of(assignment.substring(equals + 1)));
    }
    return change("Set", vars);
  }
}
