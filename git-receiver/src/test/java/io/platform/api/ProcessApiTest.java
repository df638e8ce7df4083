package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.domain.App;
import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restart;
import io.platform.domain.RolloutEnd;
import io.platform.slug.ProcessTypes;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessApiTest {
  private static final String SHOP = "/api/v1/apps/acme/shop";
  private static final String FORMATION = SHOP + "/formation";

  @TempDir Path data;
  private TestPlatform platform;
  private Client dev;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    dev = new Client(platform, "dev");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private App released() {
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("web", "node server.js");
    commands.put("worker", "node worker.js");
    commands.put("release", "node migrate.js");
    App app = platform.app("shop");
    ReleaseVersion version = platform.built(app, new ProcessTypes(commands));
    platform.stores.releases().rolledOut(app.id(), version, new RolloutEnd.Live());
    return app;
  }

  private static ProcessState process(
      String type, int number, ProcessState.Status status, Optional<ReleaseFailureCause> reason) {
    return new ProcessState(
        ProcessName.numbered(type, number),
        new ReleaseVersion(1),
        status,
        reason,
        Optional.of(Instant.parse("2026-11-27T12:00:00Z")),
        2,
        new ProcessState.Usage(Optional.of(50L << 20), Optional.of(0.25)),
        Optional.empty());
  }

  private App now(App app) {
    return platform.stores.apps().find(app.id()).orElseThrow();
  }

  @Test
  void showsProcessesByNameWithWhatTheyUse() throws Exception {
    released();
    platform.processes =
        List.of(
            process(
                "worker",
                1,
                ProcessState.Status.CRASHED,
                Optional.of(new ReleaseFailureCause.StartsAgain(3, new ExitDetail.Unknown()))),
            process("web", 10, ProcessState.Status.STOPPING, Optional.empty()),
            process("web", 2, ProcessState.Status.UP, Optional.empty()));

    JsonNode processes = dev.get(SHOP + "/processes").json();

    assertThat(processes.findValuesAsText("name")).containsExactly("web.2", "web.10", "worker.1");
    assertThat(processes.get(0).toString())
        .isEqualTo(
            "{\"name\":\"web.2\",\"type\":\"web\",\"release\":\"v1\",\"status\":\"up\",\"reason\":null,"
                + "\"since\":\"2026-11-27T12:00:00Z\",\"restarts\":2,\"memory\":52428800,\"cpu\":0.25,"
                + "\"command\":\"node server.js\",\"node\":null}");
    assertThat(processes.get(1).path("status").asText()).isEqualTo("stopping");
    assertThat(processes.get(2).path("reason").asText()).contains("exited with code 3");
    JsonNode app = dev.get(SHOP).json();
    assertThat(app.path("status").asText()).isEqualTo("crashed");
    assertThat(app.path("processes").findValuesAsText("name"))
        .containsExactly("web.2", "web.10", "worker.1");
  }

  @Test
  void scalesAndResizesWithoutARelease() throws Exception {
    App app = released();
    assertThat(dev.get(FORMATION).text())
        .isEqualTo(
            "{\"web\":{\"quantity\":1,\"memory\":null,\"cpu\":null,\"command\":\"node server.js\"},"
                + "\"worker\":{\"quantity\":0,\"memory\":null,\"cpu\":null,\"command\":\"node worker.js\"}}");

    Client.Answer scaled =
        dev.patch(
            FORMATION,
            "{\"worker\":{\"change\":2},\"web\":{\"quantity\":3,\"memory\":\"512M\",\"cpu\":0.5}}");

    assertThat(scaled.status()).isEqualTo(200);
    assertThat(scaled.json().at("/worker/quantity").asInt()).isEqualTo(2);
    assertThat(scaled.json().at("/web/memory").asLong()).isEqualTo(512L << 20);
    assertThat(scaled.json().at("/web/cpu").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(dev.get(FORMATION).text()).isEqualTo(scaled.text());
    assertThat(now(app).formation().quantity("web")).isEqualTo(3);
    assertThat(platform.stores.releases().list(app.id(), 10)).hasSize(1);

    assertThat(
            dev.patch(FORMATION, "{\"web\":{\"size\":\"standard\"}}").json().at("/web").toString())
        .isEqualTo("{\"quantity\":3,\"memory\":null,\"cpu\":null,\"command\":\"node server.js\"}");
  }

  @Test
  void listsWhatHappenedToTheAppNewestFirst() throws Exception {
    App app = released();
    dev.patch(FORMATION, "{\"worker\":{\"change\":2},\"web\":{\"memory\":\"512M\"}}");
    dev.post(SHOP + "/processes/restart", "{\"process\":\"web\"}");
    dev.patch(SHOP + "/config", "{\"KEY\":\"secret\"}");

    JsonNode events = dev.get(SHOP + "/events").json();

    assertThat(events.findValuesAsText("description"))
        .containsExactly(
            "Set KEY config vars",
            "Restarted web",
            "Resized web to 512 MiB of memory",
            "Scaled worker to 2",
            "v1 is live",
            "Deployed %s as v1".formatted(commit(app)),
            "Created the app");
    assertThat(events.findValuesAsText("kind"))
        .startsWith("config_changed", "restarted", "resized", "scaled", "released", "deployed");
    assertThat(events.get(0).path("user").asText()).isEqualTo("dev@example.com");
    assertThat(events.get(4).path("user").isNull()).isTrue();
    assertThat(events.get(0).path("id").asLong()).isEqualTo(7);
    assertThat(dev.get(SHOP + "/events?before=3&limit=1").json().findValuesAsText("description"))
        .containsExactly("Deployed %s as v1".formatted(commit(app)));
    assertThat(dev.get(SHOP + "/events?before=x").status()).isEqualTo(400);
    assertThat(dev.get("/api/v1/apps/acme/other/events").status()).isEqualTo(404);
  }

  private String commit(App app) {
    return platform
        .stores
        .releases()
        .list(app.id(), 1)
        .getFirst()
        .commit()
        .orElseThrow()
        .substring(0, 7);
  }

  @Test
  void tellsAllThatIsWrongWithAScaleAndChangesNothing() throws Exception {
    App app = released();
    Client.Answer refused =
        dev.patch(
            FORMATION,
            "{\"web\":{\"quantity\":101},\"wroker\":{\"quantity\":1},\"release\":{\"quantity\":1},"
                + "\"worker\":{\"change\":-1}}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "release is a command of each release and no process that keeps running, so it cannot be scaled.",
            "web cannot have 101 processes: choose a number from 0 to 100.",
            "worker runs 0 processes, which cannot be 1 fewer.",
            "The app has no process type wroker: it has web, worker. Did you mean \"worker\"?");
    assertThat(now(app).formation().types()).isEmpty();

    assertThat(
            dev.patch(
                    FORMATION,
                    "{\"web\":{\"quantity\":1,\"change\":1,\"memory\":\"much\",\"cpu\":true,\"x\":1},"
                        + "\"worker\":{\"quantity\":1.5,\"memory\":1,\"size\":\"huge\"},\"a\":7}")
                .json()
                .path("errors"))
        .hasSize(7);
    assertThat(dev.patch(FORMATION, "{}").status()).isEqualTo(422);
    assertThat(dev.patch(FORMATION, "{\"web\":{\"memory\":\"1K\"}}").text())
        .contains("A process of web cannot have 1K of memory: choose from 16M to 1T.");
    assertThat(dev.patch(FORMATION, "{\"web\":{\"cpu\":0.001}}").text())
        .contains("A process of web cannot have 0.001 CPU: choose from 0.01 to 128.");
  }

  @Test
  void nothingCanBeScaledBeforeItIsReleased() throws Exception {
    platform.app("shop");
    assertThat(dev.get(FORMATION).text()).isEqualTo("{}");
    assertThat(dev.get(SHOP + "/processes").text()).isEqualTo("[]");
    assertThat(dev.patch(FORMATION, "{\"web\":{\"quantity\":2}}").text())
        .contains("nothing is released yet");
  }

  @Test
  void restartsAllOrAProcessTypeOrOneProcess() throws Exception {
    App app = released();
    platform.processes =
        List.of(
            process("web", 1, ProcessState.Status.UP, Optional.empty()),
            process("web", 2, ProcessState.Status.UP, Optional.empty()),
            process("web", 3, ProcessState.Status.STOPPING, Optional.empty()));

    Client.Answer one = dev.post(SHOP + "/processes/stop", "{\"process\":\"web.2\"}");
    assertThat(one.status()).isEqualTo(202);
    assertThat(one.text()).isEqualTo("{\"processes\":[\"web.2\"]}");
    assertThat(dev.post(SHOP + "/processes/restart", "{}").text())
        .isEqualTo("{\"processes\":[\"web.1\",\"web.2\"]}");
    dev.post(SHOP + "/processes/restart", "{\"process\":\"web\"}");

    assertThat(now(app).restarts().requests())
        .extracting(it -> it.selector() + " " + it.manner())
        .containsExactly("* " + Restart.Manner.ROLLING, "web " + Restart.Manner.ROLLING);
  }

  @Test
  void refusesToRestartWhatDoesNotRun() throws Exception {
    App app = released();
    platform.processes = List.of(process("web", 1, ProcessState.Status.UP, Optional.empty()));
    String restart = SHOP + "/processes/restart";
    assertThat(dev.post(restart, "{\"process\":\"web.7\"}").status()).isEqualTo(404);
    assertThat(dev.post(restart, "{\"process\":\"wrker\"}").text())
        .contains(
            "The app has no process type wrker: it has web, worker. Did you mean \\\"worker\\\"?");
    Client.Answer ended = dev.post(SHOP + "/processes/stop", "{\"process\":\"run.4711\"}");
    assertThat(ended.status()).isEqualTo(404);
    assertThat(ended.text()).contains("run.4711 does not run, or no more: `platform ps` lists");
    Client.Answer none = dev.post(restart, "{\"process\":\"worker\"}");
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.text())
        .contains("No process of the type worker runs: worker is scaled to 0.")
        .contains("platform ps scale worker=1");
    assertThat(dev.post(SHOP + "/processes/stop", "{\"process\":\"worker.1\"}").text())
        .doesNotContain("restarted");
    assertThat(dev.post(restart, "{\"process\":\"web.1.2\"}").status()).isEqualTo(422);
    assertThat(now(app).restarts().requests()).isEmpty();
  }

  @Test
  void viewersLookAndDevelopersChange() throws Exception {
    released();
    Client viewer = new Client(platform, "vic");
    Client stranger = new Client(platform, "eve");
    assertThat(viewer.get(FORMATION).status()).isEqualTo(200);
    assertThat(viewer.get(SHOP + "/processes").status()).isEqualTo(200);
    assertThat(viewer.patch(FORMATION, "{\"web\":{\"quantity\":2}}").status()).isEqualTo(403);
    assertThat(viewer.post(SHOP + "/processes/restart", "{}").status()).isEqualTo(403);
    assertThat(viewer.post(SHOP + "/processes/stop", "{}").status()).isEqualTo(403);
    assertThat(stranger.get(FORMATION).status()).isEqualTo(404);
    assertThat(stranger.get(SHOP + "/processes").status()).isEqualTo(404);
    assertThat(stranger.patch(FORMATION, "{\"web\":{\"quantity\":2}}").status()).isEqualTo(404);
  }

  @Test
  void promisesNothingThatWhereTheAppsRunHasNoEffect() throws Exception {
    App app = released();
    platform.whyUnlimited = Optional.of("it has no control groups");
    Client.Answer resized = dev.patch(FORMATION, "{\"web\":{\"memory\":\"1G\"}}");
    assertThat(resized.status()).isEqualTo(409);
    assertThat(resized.text())
        .contains(
            "This server cannot limit the memory of a process, so a size would have no effect")
        .contains("it has no control groups. Nothing was changed.");
    assertThat(now(app).formation().types()).isEmpty();
    assertThat(dev.patch(FORMATION, "{\"web\":{\"quantity\":2}}").status()).isEqualTo(200);
    assertThat(dev.patch(FORMATION, "{\"web\":{\"cpu\":0.5}}").status()).isEqualTo(200);
  }
}
