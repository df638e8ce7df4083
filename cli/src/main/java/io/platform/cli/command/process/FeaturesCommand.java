package io.platform.cli.command.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.Console;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import java.io.IOException;
import java.util.List;

/** {@code platform features}. */
public final class FeaturesCommand extends AppCommand {
  /** For completion; which there are, the server says. */
  static final List<String> KNOWN =
      List.of("heroku-metadata", "session-affinity", "overlapping-workers");

  private final OptionValue<Boolean> json = json();

  public FeaturesCommand(CommandContext context) {
    super(context, "features", "List the features that an app can have, and which it has.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    show(target.api().features(target.app()), json.given(), console());
    return ExitCode.OK;
  }

  static void show(JsonNode features, boolean json, Console console) {
    if (json) {
      console.json(features);
      return;
    }
    var table = new Table("FEATURE", "ENABLED", "WHAT IT DOES");
    for (var feature : features) {
      table.row(
          feature.path("name").asText(),
          feature.path("enabled").asBoolean() ? "yes" : "no",
          feature.path("description").asText());
    }
    table.print(console);
  }
}
