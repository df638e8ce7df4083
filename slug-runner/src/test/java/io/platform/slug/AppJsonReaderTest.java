package io.platform.slug;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppJsonReaderTest {
  private static final AppJsonLimits LIMITS = AppJsonLimits.defaults();

  @Test
  void readsWhatThePlatformUsesAndLeavesOutTheRest() throws Exception {
    AppJsonFile file =
        read(
            """
            {
              "name": "Small Sharp Tool",
              "addons": ["openredis", {"plan": "mongolab:shared-single-small"}],
              "stack": "heroku-24",
              "formation": {
                "web": {"quantity": 2, "size": "Standard-2X", "max_parallel": 1},
                "worker": {"quantity": 1}, "clock": {"size": "huge"}},
              "scripts": {
                "dokku": {"predeploy": " ./migrate ", "postdeploy": "./tell"},
                "postdeploy": "./seed", "test": "npm test"},
              "env": {
                "PLAIN": "1",
                "VALUE": {"description": "how many", "value": "5", "required": true},
                "SECRET": {"generator": "secret"},
                "ECHO": {"generator": "echo 5"},
                "NEEDED": {"required": true},
                "OPTIONAL": {"required": false},
                "PORT": {"value": "80"}},
              "healthchecks": {
                "web": [
                  {"type": "startup", "name": "up", "path": "up", "content": "ok",
                   "httpHeaders": [{"name": "X-Check", "value": "1"}], "timeout": 60, "attempts": 2},
                  {"type": "readiness", "listening": true, "initialDelay": 3, "wait": 4, "port": 5000},
                  {"type": "liveness", "warn": true, "onFailure": {"command": ["x"]}}],
                "worker": [
                  {"type": "liveness", "command": ["./alive", "-q"]},
                  {"type": "readiness", "listening": true, "port": 9000},
                  {"type": "startup", "uptime": 10}]
              }
            }
            """);
    AppJson used = file.used();
    assertThat(used.formation())
        .isEqualTo(
            Map.of(
                "web", new DeclaredScale(Optional.of(2), Optional.of(1024)),
                "worker", new DeclaredScale(Optional.of(1), Optional.empty()),
                "clock", new DeclaredScale(Optional.empty(), Optional.empty())));
    assertThat(used.scripts())
        .isEqualTo(
            new DeployScripts(
                Optional.of("./migrate"), Optional.of("./tell"), Optional.of("./seed")));
    assertThat(used.env())
        .isEqualTo(
            Map.of(
                "PLAIN", new DeclaredVar.Value("1"),
                "VALUE", new DeclaredVar.Value("5"),
                "SECRET", new DeclaredVar.Secret()));
    assertThat(file.required()).containsExactly("NEEDED");
    assertThat(file.stack()).contains("heroku-24");
    assertThat(file.notes())
        .containsExactly(
            "app.json: the size huge of clock is not known, and is not used.",
            "app.json: the generator of ECHO is not `secret`, so nothing sets ECHO.",
            "app.json: PORT in `env` is not used: the platform itself sets it.",
            "app.json: `onFailure` of a health check of web is not used.",
            "app.json: a health check of web with `warn` is not used.");
    assertThat(used.healthchecks().get("web"))
        .containsExactly(
            new HealthCheck(
                HealthCheck.Kind.STARTUP,
                new HealthCheck.Probe.Http(
                    Optional.empty(),
                    "/up",
                    new TreeMap<>(Map.of("X-Check", "1")),
                    Optional.of("ok")),
                new HealthCheck.Timing(
                    Duration.ZERO, Duration.ofSeconds(60), 2, Duration.ofSeconds(5))),
            new HealthCheck(
                HealthCheck.Kind.READINESS,
                new HealthCheck.Probe.Listening(Optional.empty()),
                new HealthCheck.Timing(
                    Duration.ofSeconds(3), Duration.ofSeconds(5), 3, Duration.ofSeconds(4))));
    assertThat(used.healthchecks().get("worker"))
        .extracting(HealthCheck::probe)
        .containsExactly(
            new HealthCheck.Probe.Command(List.of("./alive", "-q")),
            new HealthCheck.Probe.Listening(Optional.of(9000)),
            new HealthCheck.Probe.Uptime(Duration.ofSeconds(10)));
    assertThat(AppJson.from(JsonObject.parse(used.toJson().toBytes()))).isEqualTo(used);
  }

  @Test
  void whatIsNotDeclaredTakesNoRoom() throws Exception {
    assertThat(read("{}").used()).isEqualTo(AppJson.NONE);
    assertThat(AppJson.NONE.toJson().toBytes()).isEqualTo("{}".getBytes(UTF_8));
    assertThat(AppJson.from(new JsonObject())).isEqualTo(AppJson.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'formation': {'web': {'quantity': -1}}} | column 36: `quantity` is not a whole number from 0 to 100",
        "{'formation': {'web': 2}} | column 23: the formation of `web` is not an object",
        "{'formation': {'w b': {}}} | column 23: `w b` is no name of a process type",
        "{'healthchecks': {'web': {}}} | column 26: `healthchecks` of `web` is not an array",
        "{'healthchecks': {'web': [{'type': 'stratup'}]}} | column 36: `type` is none of `startup`, `liveness` and `readiness`",
        "{'healthchecks': {'web': [{'path': '/'}]}} | column 27: a health check of `web` has no `type`",
        "{'healthchecks': {'job': [{'type': 'startup'}]}} | column 27: only `web` has a PORT to ask",
        "{'healthchecks': {'web': [{'type': 'startup', 'timeout': 'long'}]}} | column 58: `timeout` is not a whole number",
        "{'healthchecks': {'web': [{'type': 'startup', 'scheme': 'https'}]}} | column 57: `scheme` can be `http` only",
        "{'healthchecks': {'web': [{'type': 'startup', 'port': 70000}]}} | column 55: `port` is not a whole number",
        "{'healthchecks': {'web': [{'type': 'startup', 'command': 'x'}]}} | column 58: `command` is not an array",
        "{'healthchecks': | this is not well-formed JSON",
        "[] | column 1: app.json is not an object",
        "{} {} | column 4: something follows the object",
        "{'healthchecks': {'web': [{'type': 'liveness', 'uptime': 3}]}} | `uptime` is for health checks of type `startup`",
        "{'env': {'a b': '1'}} | column 17: `a b` in `env` is no name for a config var",
        "{'env': {'A': 1}} | column 15: `A` in `env` is not an object",
        "{'env': {'A': {'value': 5}}} | column 25: `value` is not a string",
        "{'scripts': {'dokku': {'predeploy': ['x']}}} | column 37: `predeploy` is not a string"
      })
  void namesLineAndColumnOfWhatIsWrong(String json, String message) {
    assertThatThrownBy(() -> read("\n" + json.replace('\'', '"')))
        .isInstanceOf(BadFormatException.class)
        .hasMessageContaining("line 2, ")
        .hasMessageContaining(message);
  }

  @Test
  void isBounded() {
    assertThatThrownBy(() -> read("{\"a\": " + "[".repeat(40) + "]".repeat(40) + "}"))
        .hasMessageContaining("line 1, column ")
        .hasMessageContaining("more than 32 objects and arrays within each other");
    assertThatThrownBy(() -> read(" ".repeat(LIMITS.fileBytes()) + "{}"))
        .hasMessage("it is larger than 64 kB, which is the limit");
    String check = "{\"type\": \"startup\"},";
    assertThatThrownBy(() -> read("{\"healthchecks\": {\"web\": [" + check.repeat(11) + "1]}}"))
        .hasMessageContaining("`web` has more than 10 health checks");
  }

  private static AppJsonFile read(String json) throws BadFormatException {
    return AppJsonReader.read(json.getBytes(UTF_8), LIMITS);
  }
}
