package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** {@code platform config unset}. */
final class ConfigUnset extends ConfigChange {
  private final Value<List<String>> names = arguments("NAME", "Config vars.");

  ConfigUnset(Surroundings here) {
    super(here, "unset", "Remove config vars; the app is released anew without them.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var vars = new LinkedHashMap<String, Optional<String>>();
    names.required().forEach(it -> vars.put(name(it), Optional.empty()));
    return change("Removed", vars);
  }
}
