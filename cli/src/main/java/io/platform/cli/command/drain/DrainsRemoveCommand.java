package io.platform.cli.command.drain;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform drains remove}. */
public final class DrainsRemoveCommand extends AppCommand {
  private final OptionValue<String> drain =
      argument("URL|ID", "The drain's URL, or its id as `platform drains` shows it.");

  private final OptionValue<Boolean> json = json();

  public DrainsRemoveCommand(CommandContext context) {
    super(context, "remove", "Stop delivering the app's log to a receiver.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var removed = target.api().removeDrain(target.app(), drain.required());
    if (json.given()) {
      console().json(removed);
    } else {
      console()
          .heading(
              "Removed drain %s of %s: %s"
                  .formatted(
                      removed.path("id").asText(), target.app(), removed.path("url").asText()));
    }
    return ExitCode.OK;
  }
}
