package io.platform.slug;

import com.fasterxml.jackson.core.JsonLocation;
import io.platform.commons.console.TerminalText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads one health check of an app.json; Dokku's defaults are in {@link HealthCheck.Timing}. */
final class HealthCheckReader {
  /** Where processes listen on Dokku, and so what checks written for it name. */
  private static final int DOKKU_PORT = 5000;

  private final AppJsonTokens json;
  private final AppJsonLimits limits;
  private final String type;
  private Optional<HealthCheck.Kind> kind = Optional.empty();
  private Optional<String> path = Optional.empty();
  private Optional<String> content = Optional.empty();
  private Optional<Duration> uptime = Optional.empty();
  private Optional<Integer> port = Optional.empty();
  private final List<String> command = new ArrayList<>();
  private final SortedMap<String, String> headers = new TreeMap<>();
  private boolean listening;
  private boolean warns;
  private HealthCheck.Timing timing = HealthCheck.Timing.DEFAULT;

  HealthCheckReader(AppJsonTokens json, AppJsonLimits limits, String type) {
    this.json = json;
    this.limits = limits;
    this.type = type;
  }

  /**
   * Reads it.
   *
   * @param notes takes what has no effect
   * @return empty where it is one that has no effect
   */
  Optional<HealthCheck> read(Consumer<String> notes) throws IOException {
    JsonLocation at = json.location();
    json.object("a health check of `%s`".formatted(shown(type)), key -> read(key, notes));
    if (kind.isEmpty()) {
      throw wrong(at, "a health check of `%s` has no `type`");
    }
    if (probes() > 1) {
      throw wrong(
          at,
          "a health check of `%s` has more than one of `path`, `command`, `listening` and `uptime`");
    }
    HealthCheck check = new HealthCheck(kind.get(), probe(), timing);
    boolean asksPort =
        check.probe() instanceof HealthCheck.Probe.Http
            || check.probe() instanceof HealthCheck.Probe.Listening;
    if (asksPort && port.isEmpty() && !type.equals(ProcessTypes.WEB)) {
      throw wrong(
          at,
          "only `web` has a PORT to ask; give the health check of `%s` a `command`, an `uptime` or a `port`");
    }
    if (check.probe() instanceof HealthCheck.Probe.Uptime
        && check.kind() != HealthCheck.Kind.STARTUP) {
      throw AppJsonTokens.wrong(at, "`uptime` is for health checks of type `startup`");
    }
    if (warns) {
      notes.accept(
          "app.json: a health check of %s with `warn` is not used.".formatted(shown(type)));
      return Optional.empty();
    }
    return Optional.of(check);
  }

  private BadFormatException wrong(JsonLocation at, String what) {
    return AppJsonTokens.wrong(at, what.formatted(shown(type)));
  }

  static String shown(String name) {
    return TerminalText.inline(name);
  }

  private int probes() {
    return (path.isPresent() ? 1 : 0)
        + (uptime.isPresent() ? 1 : 0)
        + (command.isEmpty() ? 0 : 1)
        + (listening ? 1 : 0);
  }

  private HealthCheck.Probe probe() {
    if (!command.isEmpty()) {
      return new HealthCheck.Probe.Command(command);
    }
    if (uptime.isPresent()) {
      return new HealthCheck.Probe.Uptime(uptime.get());
    }
    return listening
        ? new HealthCheck.Probe.Listening(port)
        : new HealthCheck.Probe.Http(port, path.orElse("/"), headers, content);
  }

  private void read(String key, Consumer<String> notes) throws IOException {
    switch (key) {
      case "type" -> kind = Optional.of(kind());
      case "path" -> path = Optional.of(path());
      case "content" -> content = Optional.of(json.string(key));
      case "command" -> command();
      case "httpHeaders" -> json.array("`httpHeaders`", this::header);
      case "scheme" -> scheme();
      case "port" -> {
        int number = json.number(key, 1, 65535);
        port = number == DOKKU_PORT ? Optional.empty() : Optional.of(number);
      }
      case "listening" -> listening = json.flag(key);
      case "warn" -> warns = json.flag(key);
      case "uptime" -> uptime = Optional.of(seconds(key, 1));
      case "initialDelay" -> timing = timing.withInitialDelay(seconds(key, 0));
      case "timeout" -> timing = timing.withTimeout(seconds(key, 1));
      case "wait" -> timing = timing.withInterval(seconds(key, 1));
      case "attempts" -> timing = timing.withAttempts(json.number(key, 1, limits.attempts()));
      case "onFailure" -> {
        notes.accept(
            "app.json: `onFailure` of a health check of %s is not used.".formatted(shown(type)));
        json.skip();
      }
      default -> json.skip();
    }
  }

  private void command() throws IOException {
    command.clear();
    json.array("`command`", () -> command.add(json.string("command")));
    if (command.isEmpty()) {
      throw json.wrong("`command` is empty");
    }
  }

  private void scheme() throws IOException {
    String scheme = json.string("scheme");
    if (!scheme.equalsIgnoreCase("http")) {
      throw json.wrong("`scheme` can be `http` only: processes are asked without TLS");
    }
  }

  private HealthCheck.Kind kind() throws IOException {
    String word = json.string("type");
    for (HealthCheck.Kind each : HealthCheck.Kind.values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw json.wrong("`type` is none of `startup`, `liveness` and `readiness`");
  }

  private String path() throws IOException {
    String text = json.string("path");
    if (!text.matches("/?[\\x21-\\x7e]*")) {
      throw json.wrong("`path` is no path of a URL");
    }
    return text.startsWith("/") ? text : "/" + text;
  }

  private void header() throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    json.object(
        "a header",
        key -> {
          if (key.equals("name") || key.equals("value")) {
            parts.put(key, json.string(key));
          } else {
            json.skip();
          }
        });
    String name = parts.getOrDefault("name", "");
    String value = parts.getOrDefault("value", "");
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !value.matches("[\\t\\x20-\\x7e]*")) {
      throw json.wrong("a header has a `name` and a `value`");
    }
    headers.put(name, value);
  }

  private Duration seconds(String key, int least) throws IOException {
    return Duration.ofSeconds(json.number(key, least, limits.seconds()));
  }
}
