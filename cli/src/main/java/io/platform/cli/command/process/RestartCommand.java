package io.platform.cli.command.process;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.Optional;

/** A command that replaces processes by new ones. */
abstract class RestartCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  RestartCommand(CommandContext context, String name, String... description) {
    super(context, name, description);
  }

  /**
   * Does it.
   *
   * @param how as the API calls it
   * @param doing as the user reads it
   */
  final int restart(String how, String doing, Optional<String> process)
      throws IOException, ClientException {
    var target = target();
    var answer = target.api().restart(target.app(), how, process);
    if (json.given()) {
      console().json(answer);
      return ExitCode.OK;
    }
    var names = JsonTree.strings(answer.path("processes"));
    console()
        .heading(
            "%s %s of %s: platform ps shows the processes"
                .formatted(
                    doing,
                    names.isEmpty() ? process.orElse("all processes") : String.join(", ", names),
                    target.app()));
    return ExitCode.OK;
  }
}
