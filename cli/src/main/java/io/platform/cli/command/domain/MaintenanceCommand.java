package io.platform.cli.command.domain;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform maintenance}. */
public final class MaintenanceCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  public MaintenanceCommand(CommandContext context) {
    super(context, "maintenance", "Show whether visitors get a page instead of the app.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var state = target.api().maintenance(target.app());
    if (json.given()) {
      console().json(state);
    } else {
      var page = JsonTree.text(state, "page").map(" with the page "::concat).orElse("");
      console().line(state.path("on").asBoolean() ? "on" + page : "off");
    }
    return ExitCode.OK;
  }
}
