package io.platform.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.Json;

/** {@code platform version}. */
final class Version extends Command {
  /**
   * The project's; a constant, for reading it from the jar at each start takes longer than all else
   * that a verb does.
   */
  static final String NUMBER = "0.1.0-SNAPSHOT";

  private final OptionValue<Boolean> json = json();

  Version(CommandContext context) {
    super(context, "version", "Show the version of this command.");
  }

  @Override
  public Integer call() {
    if (json.given()) {
      screen().json(tree());
    } else {
      screen().line("platform " + NUMBER + " (Java " + Runtime.version().feature() + ")");
    }
    return ExitCode.OK;
  }

  private static JsonNode tree() {
    return Json.object().put("version", NUMBER).put("java", Runtime.version().toString());
  }
}
