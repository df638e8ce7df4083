package io.platform.cli.command.drain;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform drains add}. */
public final class DrainsAddCommand extends AppCommand {
  private final OptionValue<String> url =
      argument("URL", "syslog://HOST:PORT, syslog+tls://HOST:PORT or https://…");

  private final OptionValue<Boolean> json = json();

  public DrainsAddCommand(CommandContext context) {
    super(
        context,
        "add",
        "Deliver the app's log to a receiver, from the next line on.",
        "Syslog is RFC 5424; to https:// lines are posted as JSON.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var drain = target.api().addDrain(target.app(), url.required());
    if (json.given()) {
      console().json(drain);
    } else {
      console()
          .heading(
              "Added drain %s to %s: %s"
                  .formatted(drain.path("id").asText(), target.app(), drain.path("url").asText()));
    }
    return ExitCode.OK;
  }
}
