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

/** {@code platform rollout}. */
public final class RolloutCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  public RolloutCommand(CommandContext context) {
    super(context, "rollout", "Show how new processes take the place of old ones.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    show(target.api().rollout(target.app()), json.given(), console());
    return ExitCode.OK;
  }

  static void show(JsonNode rollout, boolean json, Console console) {
    if (json) {
      console.json(rollout);
      return;
    }
    var table = new Table("SETTING", "VALUE");
    table.row("max-surge", JsonTree.text(rollout, "max_surge").orElse("default"));
    table.row("max-unavailable", JsonTree.text(rollout, "max_unavailable").orElse("default"));
    table.row(
        "stop-grace",
        JsonTree.text(rollout, "stop_grace_seconds").map(it -> it + "s").orElse("default"));
    table.print(console);
  }
}
