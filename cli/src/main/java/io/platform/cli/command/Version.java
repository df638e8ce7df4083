package io.platform.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code platform version}. */
@Command(name = "version", description = "Show the version of this command.")
final class Version extends Action {
  @Mixin final JsonOption json = new JsonOption();

  Version(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() {
    if (json.wanted) {
      screen().json(tree());
    } else {
      screen().line("platform " + number() + " (Java " + Runtime.version().feature() + ")");
    }
    return ExitCode.OK;
  }

  private static JsonNode tree() {
    return Json.object().put("version", number()).put("java", Runtime.version().toString());
  }

  static String userAgent() {
    return "platform-cli/" + number();
  }

  static String number() {
    try (var in = Version.class.getResourceAsStream("version")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
