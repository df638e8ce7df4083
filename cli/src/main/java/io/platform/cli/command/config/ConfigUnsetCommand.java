package io.platform.cli.command.config;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code platform config unset}. */
public final class ConfigUnsetCommand extends ConfigChangeCommand {
  private final OptionValue<List<String>> names = arguments("NAME", "Config vars.");

  public ConfigUnsetCommand(CommandContext context) {
    super(context, "unset", "Remove config vars; the app is released anew without them.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var vars = new LinkedHashMap<String, Optional<String>>();
    names.required().forEach(it -> vars.put(name(it), Optional.empty()));
    return unset(vars);
  }

  /** Removes those that are set; where none is, nothing changes. */
  private int unset(Map<String, Optional<String>> vars) throws IOException, ClientException {
    var target = target();
    var config = target.api().config(target.app());
    var missing = vars.keySet().stream().filter(it -> !config.has(it)).toList();
    vars.keySet().removeAll(missing);
    if (!missing.isEmpty()) {
      console()
          .note(
              String.join(", ", missing)
                  + (missing.size() == 1 ? " is" : " are")
                  + " not set on "
                  + target.app()
                  + (vars.isEmpty() ? "; nothing was changed." : "."));
    }
    return vars.isEmpty() ? ExitCode.OK : change("Removed", vars);
  }
}
