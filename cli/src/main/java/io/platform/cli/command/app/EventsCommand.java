package io.platform.cli.command.app;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import io.platform.cli.command.Times;
import java.io.IOException;

/** {@code platform events}. */
public final class EventsCommand extends AppCommand {
  private static final int USUAL_LIMIT = 20;

  private final OptionValue<Integer> limit =
      number("N", "At most so many (default: " + USUAL_LIMIT + ").", "-n", "--limit");

  private final OptionValue<Boolean> json = json();

  public EventsCommand(CommandContext context) {
    super(
        context,
        "events",
        "List what users did with the app, and what became of it, the newest first.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var tree = target.api().events(target.app(), limit.or(USUAL_LIMIT));
    if (json.given()) {
      console().json(tree);
      return ExitCode.OK;
    }
    if (tree.isEmpty()) {
      console().note("No events yet.");
      return ExitCode.OK;
    }
    var table = new Table("TIME", "BY", "EVENT");
    for (var event : tree) {
      table.row(
          Times.of(event.path("created_at").asText(), context),
          JsonTree.text(event, "user").orElse("platform"),
          event.path("description").asText());
    }
    table.print(console());
    return ExitCode.OK;
  }
}
