package io.platform.cli.command.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import java.io.IOException;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** {@code platform config}. */
public final class ConfigCommand extends AppCommand {
  /** Tells nothing of the value, not even its length. */
  private static final String MASK = "********";

  private final OptionValue<Boolean> reveal = flag("Show the values.", "--reveal");

  private final OptionValue<Boolean> shell =
      flag("Print commands that set them in a shell, values included.", "-s", "--shell");

  private final OptionValue<Boolean> envFile =
      flag(
          "Print an environment file, values included; config set --from-file reads it.",
          "--env-file");

  private final OptionValue<Boolean> json = json();

  public ConfigCommand(CommandContext context) {
    super(
        context,
        "config",
        "Show the app's config vars, which are its environment.",
        "Values are masked without --reveal.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    if (Stream.of(shell, envFile, json).filter(OptionValue::given).count() > 1) {
      throw new CommandFailure(ExitCode.USAGE, "Give only one of --shell, --env-file and --json.");
    }
    var target = target();
    var config = target.api().config(target.app());
    if (json.given()) {
      console().json(reveal.given() ? config : masked(config));
    } else if (config.isEmpty()) {
      console().note("No config vars yet: platform config set NAME=VALUE");
    } else if (shell.given()) {
      export(config, EnvFileFormat::shell);
    } else if (envFile.given()) {
      export(config, EnvFileFormat::envFile);
    } else {
      var table = new Table();
      (reveal.given() ? config : masked(config))
          .properties()
          .forEach(it -> table.row(it.getKey(), it.getValue().asText()));
      table.print(console());
    }
    return ExitCode.OK;
  }

  private void export(JsonNode config, BinaryOperator<String> format) {
    config
        .properties()
        .forEach(it -> console().value(format.apply(it.getKey(), it.getValue().asText())));
  }

  private static JsonNode masked(JsonNode config) {
    var masked = JsonTree.object();
    config
        .properties()
        .forEach(it -> masked.put(it.getKey(), it.getValue().asText().isEmpty() ? "" : MASK));
    return masked;
  }
}
