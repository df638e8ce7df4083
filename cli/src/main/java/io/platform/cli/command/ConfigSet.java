package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code platform config set}. */
@Command(name = "set", description = "Set config vars; the app is released anew with them.")
final class ConfigSet extends ConfigChange {
  @Parameters(
      arity = "1..*",
      paramLabel = "NAME=VALUE",
      description = "Config vars; the value may be empty.")
  List<String> assignments = List.of();

  ConfigSet(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var vars = new LinkedHashMap<String, Optional<String>>();
    for (var assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 0) {
        throw new Failure(
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
