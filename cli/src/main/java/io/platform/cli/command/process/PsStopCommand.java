package io.platform.cli.command.process;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.Optional;

/** {@code platform ps stop}. */
public final class PsStopCommand extends RestartCommand {
  private final OptionValue<String> process =
      argument("TYPE[.N]", "A process type, or one process.", LiveNames.PROCESSES);

  public PsStopCommand(CommandContext context) {
    super(
        context,
        "stop",
        "Stop processes now; new ones start in their place.",
        "Scale a type to 0 to stop it for good: platform ps scale TYPE=0");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    return restart("stop", "Stopping", Optional.of(process.required()));
  }
}
