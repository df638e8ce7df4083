package io.platform.cli.command.process;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform ps restart}. */
public final class PsRestartCommand extends RestartCommand {
  private final OptionValue<String> process =
      optional("TYPE[.N]", "A process type, or one process (default: all).", LiveNames.PROCESSES);

  public PsRestartCommand(CommandContext context) {
    super(
        context,
        "restart",
        "Replace processes by new ones; the app keeps answering.",
        "A new web process takes the traffic before the old one stops. Other processes stop first.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    return restart("restart", "Restarting", process.get());
  }
}
