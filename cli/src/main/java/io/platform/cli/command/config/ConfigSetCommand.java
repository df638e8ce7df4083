package io.platform.cli.command.config;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code platform config set}. */
public final class ConfigSetCommand extends ConfigChangeCommand {
  private final OptionValue<List<String>> assignments =
      anyArguments(
          "NAME=VALUE",
          "Config vars; the value may be empty. \"-\" reads an environment file from standard input.");

  private final OptionValue<List<String>> files =
      options(
          "FILE",
          "Read config vars from an environment file, such as .env; \"-\" is standard input.",
          "--from-file");

  private final OptionValue<Boolean> fromInput =
      flag("Read the value of the one NAME given from standard input.", "--value-stdin");

  public ConfigSetCommand(CommandContext context) {
    super(
        context,
        "set",
        "Set config vars; the app is released anew with them.",
        "  platform config set GREETING=hello",
        "  platform config set --from-file .env",
        "  platform config set TLS_KEY --value-stdin < key.pem");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var vars = new LinkedHashMap<String, Optional<String>>();
    if (fromInput.given()) {
      vars.put(onlyName(), Optional.of(new ConfigSource(context).value()));
    } else {
      fromFiles().forEach((name, value) -> vars.put(name, Optional.of(value)));
      for (var assignment : assignments.or(List.of())) {
        if (!assignment.equals(ConfigSource.STANDARD_INPUT)) {
          put(vars, assignment);
        }
      }
    }
    return change("Set", vars);
  }

  private String onlyName() {
    var given = assignments.or(List.of());
    if (given.size() != 1 || given.get(0).contains("=") || files.get().isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "With --value-stdin, give the name of one config var and nothing else.",
          "platform config set NAME --value-stdin < FILE");
    }
    return name(given.get(0));
  }

  private Map<String, String> fromFiles() throws IOException {
    var names = new ArrayList<>(files.or(List.of()));
    assignments.or(List.of()).stream()
        .filter(ConfigSource.STANDARD_INPUT::equals)
        .forEach(names::add);
    if (names.stream().filter(ConfigSource.STANDARD_INPUT::equals).count() > 1) {
      throw new CommandFailure(ExitCode.USAGE, "Standard input can be read only once.");
    }
    if (names.isEmpty() && assignments.or(List.of()).isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "Which config vars should be set?",
          "platform config set NAME=VALUE, or platform config set --from-file .env");
    }
    var source = new ConfigSource(context);
    var vars = new LinkedHashMap<String, String>();
    for (var name : names) {
      vars.putAll(source.envFile(name));
    }
    return vars;
  }

  private static void put(Map<String, Optional<String>> vars, String assignment) {
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
    vars.put(name(assignment.substring(0, equals)), Optional.of(assignment.substring(equals + 1)));
  }
}
