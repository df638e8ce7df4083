package io.platform.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code platform version}. */
final class Version extends Action {
  private final Value<Boolean> json = json();

  Version(Surroundings here) {
    super(here, "version", "Show the version of this command.");
  }

  @Override
  public Integer call() {
    if (json.given()) {
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
