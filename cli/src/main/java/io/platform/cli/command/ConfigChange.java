package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.commons.name.VariableNameRule;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A verb that changes config vars and waits until the app runs with them. */
abstract class ConfigChange extends AppCommand {
  ConfigChange(CommandContext context, String name, String... description) {
    super(context, name, description);
  }

  final int change(String verb, Map<String, Optional<String>> vars)
      throws IOException, ClientException {
    var target = target();
    var names = String.join(", ", vars.keySet());
    var changed = target.api().configure(target.app(), vars);
    screen().heading(verb + " " + names + " on " + target.app());
    if (changed.release().isEmpty()) {
      screen().body("No new release: nothing differs, or nothing is deployed yet.");
      return ExitCode.OK;
    }
    return new RollOut(target, screen()).await(changed.release().get());
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
