package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code platform config unset}. */
@Command(name = "unset", description = "Remove config vars; the app is released anew without them.")
final class ConfigUnset extends ConfigChange {
  @Parameters(arity = "1..*", paramLabel = "NAME", description = "Config vars.")
  List<String> names = List.of();

  ConfigUnset(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var vars = new LinkedHashMap<String, Optional<String>>();
    names.forEach(it -> vars.put(name(it), Optional.empty()));
    return change("Removed", vars);
  }
}
