package io.platform.slug;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One check of a process, as app.json declares it
 * (dokku.com/docs/deployment/zero-downtime-deploys).
 */
public record HealthCheck(Kind kind, Probe probe, Timing timing) {
  /** What a check is for. */
  public enum Kind {
    /** Whether a new process has come up. */
    STARTUP,
    /** Whether a process is to be started again. */
    LIVENESS,
    /** Whether a process gets traffic. */
    READINESS;

    /** As app.json says it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What an attempt does. */
  public sealed interface Probe {
    /**
     * A GET, answered with a status from 200 to 399.
     *
     * @param port empty for the process's PORT
     * @param path with its slash
     * @param content what the answer's body has to contain
     */
    record Http(
        Optional<Integer> port,
        String path,
        SortedMap<String, String> headers,
        Optional<String> content)
        implements Probe {
      /** Copies the headers. */
      public Http {
        headers = new TreeMap<>(headers);
      }
    }

    /** A program in the process's own surroundings that ends with 0. */
    record Command(List<String> command) implements Probe {
      /** Copies the command. */
      public Command {
        command = List.copyOf(command);
      }
    }

    /**
     * The process accepts connections.
     *
     * @param port empty for its PORT
     */
    record Listening(Optional<Integer> port) implements Probe {}

    /** The process has run for so long. */
    record Uptime(Duration time) implements Probe {}
  }

  /**
   * When the attempts are made.
   *
   * @param initialDelay from the start of the process to the first attempt
   * @param timeout how long one attempt may take
   * @param attempts how many attempts may fail in a row
   * @param interval between two attempts
   */
  public record Timing(Duration initialDelay, Duration timeout, int attempts, Duration interval) {
    /** As Dokku has it where app.json says nothing. */
    public static final Timing DEFAULT =
        new Timing(Duration.ZERO, Duration.ofSeconds(5), 3, Duration.ofSeconds(5));

    Timing withInitialDelay(Duration changed) {
      return new Timing(changed, timeout, attempts, interval);
    }

    Timing withTimeout(Duration changed) {
      return new Timing(initialDelay, changed, attempts, interval);
    }

    Timing withAttempts(int changed) {
      return new Timing(initialDelay, timeout, changed, interval);
    }

    Timing withInterval(Duration changed) {
      return new Timing(initialDelay, timeout, attempts, changed);
    }

    /** The longest that all attempts together may take. */
    public Duration longest() {
      return initialDelay
          .plus(timeout.multipliedBy(attempts))
          .plus(interval.multipliedBy(attempts - 1L));
    }

    private void add(JsonObject json) {
      put(json, "initialDelay", initialDelay, DEFAULT.initialDelay);
      put(json, "timeout", timeout, DEFAULT.timeout);
      put(json, "wait", interval, DEFAULT.interval);
      if (attempts != DEFAULT.attempts) {
        json.with("attempts", attempts);
      }
    }

    private static void put(JsonObject json, String name, Duration time, Duration usual) {
      if (!time.equals(usual)) {
        json.with(name, time.toSeconds());
      }
    }

    private static Timing from(JsonObject json) throws BadFormatException {
      return new Timing(
          HealthCheck.seconds(json, "initialDelay").orElse(DEFAULT.initialDelay),
          HealthCheck.seconds(json, "timeout").orElse(DEFAULT.timeout),
          json.optionalNumber("attempts").map(Math::toIntExact).orElse(DEFAULT.attempts),
          HealthCheck.seconds(json, "wait").orElse(DEFAULT.interval));
    }
  }

  /** What it asks, such as {@code GET /healthz}. */
  public String asked() {
    return switch (probe) {
      case Probe.Http http ->
          "GET " + http.path() + http.port().map(port -> " on port " + port).orElse("");
      case Probe.Listening(var port) ->
          "a connection to " + port.map(number -> "port " + number).orElse("its PORT");
      case Probe.Command(var words) -> String.join(" ", words);
      case Probe.Uptime(var time) -> "%d s of uptime".formatted(time.toSeconds());
    };
  }

  /** As reports and releases hold it: times in seconds, and none that is the default. */
  JsonObject toJson() {
    JsonObject json = new JsonObject().with("type", kind.word());
    timing.add(json);
    return switch (probe) {
      case Probe.Http(var port, var path, var headers, var content) -> {
        port.ifPresent(number -> json.with("port", number));
        json.with("path", path);
        if (!headers.isEmpty()) {
          json.with("httpHeaders", headers);
        }
        content.ifPresent(text -> json.with("content", text));
        yield json;
      }
      case Probe.Command(var command) -> json.with("command", command);
      case Probe.Listening(var port) -> {
        port.ifPresent(number -> json.with("port", number));
        yield json.with("listening", true);
      }
      case Probe.Uptime(var time) -> json.with("uptime", time.toSeconds());
    };
  }

  static HealthCheck from(JsonObject json) throws BadFormatException {
    return new HealthCheck(kind(json.string("type")), probe(json), Timing.from(json));
  }

  private static Kind kind(String word) throws BadFormatException {
    try {
      return Kind.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new BadFormatException("\"type\" is no kind of health check: " + word, e);
    }
  }

  private static Probe probe(JsonObject json) throws BadFormatException {
    if (json.has("command")) {
      List<String> command = new ArrayList<>();
      json.list("command").forEach(word -> command.add(String.valueOf(word)));
      return new Probe.Command(command);
    }
    Optional<Duration> uptime = seconds(json, "uptime");
    if (uptime.isPresent()) {
      return new Probe.Uptime(uptime.get());
    }
    Optional<Integer> port = json.optionalNumber("port").map(Math::toIntExact);
    if (json.flag("listening")) {
      return new Probe.Listening(port);
    }
    Optional<JsonObject> headers = json.optionalObject("httpHeaders");
    return new Probe.Http(
        port,
        json.string("path"),
        new TreeMap<>(headers.isPresent() ? headers.get().strings() : Map.of()),
        json.optionalString("content"));
  }

  private static Optional<Duration> seconds(JsonObject json, String name)
      throws BadFormatException {
    return json.optionalNumber(name).map(Duration::ofSeconds);
  }
}
