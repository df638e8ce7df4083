package io.platform.kubernetes.desired;

import io.platform.slug.HealthCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Health checks as one command for a container: {@code health-checks.sh} and its arguments. Bash
 * opens the connections itself, so that an image needs no other program for it.
 */
final class ProbeScript {
  private static final String SCRIPT = read("health-checks.sh");
  private static final String NAME = "health-checks";

  /** The words before the first check. */
  private static final int HEAD = 4;

  private ProbeScript() {}

  /** The command. Each check is its kind, the number of its arguments, and these. */
  static List<String> command(List<HealthCheck> checks) {
    List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", SCRIPT, NAME));
    for (HealthCheck check : checks) {
      switch (check.probe()) {
        case HealthCheck.Probe.Http http ->
            add(
                command,
                "http",
                List.of(port(http.port()), request(http), http.content().orElse("")));
        case HealthCheck.Probe.Listening(var port) ->
            add(command, "listening", List.of(port(port)));
        case HealthCheck.Probe.Command(var words) -> add(command, "command", words);
        case HealthCheck.Probe.Uptime uptime -> {}
      }
    }
    return command;
  }

  /**
   * What the checks of such a command ask, such as {@code GET /healthz}; empty for another command.
   */
  static List<String> asked(List<String> command) {
    List<String> asked = new ArrayList<>();
    if (command.size() > HEAD && command.get(HEAD - 1).equals(NAME)) {
      int at = HEAD;
      while (at + 1 < command.size()) {
        int from = at + 2;
        int to = Math.min(command.size(), from + Integer.parseInt(command.get(at + 1)));
        asked.add(asked(command.get(at), command.subList(from, to)));
        at = to;
      }
    }
    return asked;
  }

  private static String asked(String kind, List<String> arguments) {
    return switch (kind) {
      case "http" -> {
        String line = arguments.get(1).lines().findFirst().orElse("");
        String asked = line.substring(0, Math.max(0, line.lastIndexOf(' ')));
        yield arguments.getFirst().isEmpty() ? asked : asked + " on port " + arguments.getFirst();
      }
      case "listening" ->
          "a connection to "
              + (arguments.getFirst().isEmpty() ? "its PORT" : "port " + arguments.getFirst());
      default -> String.join(" ", arguments);
    };
  }

  private static void add(List<String> command, String kind, List<String> arguments) {
    command.add(kind);
    command.add(Integer.toString(arguments.size()));
    command.addAll(arguments);
  }

  /** Empty for the container's PORT. */
  private static String port(Optional<Integer> port) {
    return port.map(number -> Integer.toString(number)).orElse("");
  }

  /** HTTP/1.0, so that the answer has no chunks. */
  private static String request(HealthCheck.Probe.Http http) {
    StringBuilder request = new StringBuilder("GET " + http.path() + " HTTP/1.0\r\n");
    if (http.headers().keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
      request.append("Host: localhost\r\n");
    }
    request.append("User-Agent: platform-health-check\r\nConnection: close\r\n");
    http.headers()
        .forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    return request.append("\r\n").toString();
  }

  private static String read(String name) {
    try (InputStream in = ProbeScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the platform's own " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the platform's own " + name + " cannot be read", e);
    }
  }
}
