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

  private ProbeScript() {}

  /** The command. Each check is its kind, the number of its arguments, and these. */
  static List<String> command(List<HealthCheck> checks) {
    List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", SCRIPT, "health-checks"));
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
