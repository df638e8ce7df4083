package io.platform.cli.command.config;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.release.ReleaseWait;
import io.platform.commons.name.VariableNameRule;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Base of the commands that change config vars and wait until the app runs with them. */
abstract class ConfigChangeCommand extends AppCommand {
  ConfigChangeCommand(CommandContext context, String name, String... description) {
    super(context, name, description);
  }

  final int change(String command, Map<String, Optional<String>> vars)
      throws IOException, ClientException {
    var target = target();
    var changed = target.api().configure(target.app(), vars);
    if (changed.names().isEmpty()) {
      console()
          .heading("Nothing changed on " + target.app() + ": the config vars have these values.");
      return ExitCode.OK;
    }
    console().heading(command + " " + String.join(", ", changed.names()) + " on " + target.app());
    if (changed.release().isEmpty()) {
      console().body("No new release, because nothing is deployed yet.");
      return ExitCode.OK;
    }
    return new ReleaseWait(target, console()).await(changed.release().get());
  }

  static String name(String text) {
    if (!VariableNameRule.allows(text)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "A config var cannot be called \"" + text + "\".",
          "Names have at most 128 letters, digits and underscores, and do not begin with a digit.");
    }
    return text;
  }
}
