package io.platform.cli.command.help;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.Command;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;

/** {@code platform version}. */
public final class VersionCommand extends Command {
  /**
   * The project's; a constant, for reading it from the jar at each start takes longer than all else
   * that a command does.
   */
  public static final String NUMBER = "0.1.0-SNAPSHOT";

  private final OptionValue<Boolean> json = json();

  public VersionCommand(CommandContext context) {
    super(context, "version", "Show the version of this command.");
  }

  @Override
  public Integer call() {
    if (json.given()) {
      console().json(tree());
    } else {
      console().line("platform " + NUMBER + " (Java " + Runtime.version().feature() + ")");
    }
    return ExitCode.OK;
  }

  private static JsonNode tree() {
    return JsonTree.object().put("version", NUMBER).put("java", Runtime.version().toString());
  }
}
