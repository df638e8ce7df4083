package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A verb that changes config vars and waits until the app runs with them. */
abstract class ConfigChange extends AppCommand {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

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
    if (!NAME.matcher(text).matches()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "A config var cannot be called \"" + text + "\".",
          "Names have letters, digits and underscores, and do not begin with a digit.");
    }
    return text;
  }
}
