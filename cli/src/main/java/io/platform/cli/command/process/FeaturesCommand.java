package io.platform.cli.command.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.Console;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import java.io.IOException;

/** {@code platform features}. */
public final class FeaturesCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  private final OptionValue<Boolean> names = flag("Print the names only.", "--names");

  public FeaturesCommand(CommandContext context) {
    super(context, "features", "List the features that an app can have, and which it has.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var features = target.api().features(target.app());
    if (names.given()) {
      JsonTree.texts(features, "name").forEach(console()::value);
    } else {
      show(features, json.given(), console());
    }
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
