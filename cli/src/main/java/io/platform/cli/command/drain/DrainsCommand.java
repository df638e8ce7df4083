package io.platform.cli.command.drain;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import io.platform.cli.command.Times;
import java.io.IOException;

/** {@code platform drains}. */
public final class DrainsCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  public DrainsCommand(CommandContext context) {
    super(context, "drains", "List the receivers that get the app's log, and how far they are.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var drains = target.api().drains(target.app());
    if (json.given()) {
      console().json(drains);
      return ExitCode.OK;
    }
    if (drains.isEmpty()) {
      console().note("No drains. Add one: platform drains add syslog+tls://HOST:PORT");
      return ExitCode.OK;
    }
    var table = new Table("ID", "URL", "DELIVERED", "LAST", "DROPPED");
    for (var drain : drains) {
      table.row(
          drain.path("id").asText(),
          drain.path("url").asText(),
          drain.path("delivered").asText(),
          JsonTree.text(drain, "delivered_at").map(it -> Times.of(it, context)).orElse("-"),
          drain.path("dropped").asText());
    }
    table.print(console());
    for (var drain : drains) {
      JsonTree.text(drain, "problem")
          .ifPresent(it -> console().note(drain.path("id").asText() + ": " + it));
    }
    return ExitCode.OK;
  }
}
