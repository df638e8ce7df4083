package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RetentionLimits;
import io.platform.domain.RolloutEnd;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTest {
  @TempDir Path data;

  private TestPlatform platform;
  private Client ann;
  private Client dev;
  private Client vic;
  private Client eve;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    ann = new Client(platform, "ann");
    dev = new Client(platform, "dev");
    vic = new Client(platform, "vic");
    eve = new Client(platform, "eve");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private void release(App app) {
    platform.stores.releases().rolledOut(app.id(), platform.built(app), new RolloutEnd.Live());
  }

  @Test
  void asksForALoginAndSaysWhereItIs() throws Exception {
    Client.Answer answer = new Client(platform, "").get("/api/v1/me");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo(
            "Bearer realm=\"platform\", resource_metadata=\"%s/.well-known/oauth-protected-resource\""
                .formatted(platform.base));
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("detail").asText()).contains("platform login");
    JsonNode metadata =
        new Client(platform, "").get("/.well-known/oauth-protected-resource").json();
    assertThat(metadata.path("resource").asText()).isEqualTo(platform.base.toString());
    assertThat(metadata.path("authorization_servers").path(0).asText())
        .isEqualTo(platform.base.toString());
  }

  @Test
  void tellsWhoOneIs() throws Exception {
    assertThat(dev.get("/api/v1/me").text())
        .isEqualTo(
            "{\"email\":\"dev@example.com\",\"subject\":\"id-dev\",\"namespace\":\"acme\",\"namespaces\":"
                + "[{\"name\":\"acme\",\"role\":\"developer\"}],\"server\":\"%s\"}"
                    .formatted(platform.base));
  }

  @Test
  void refusesAMemberThatIsThereTwice() throws Exception {
    Client.Answer answer = dev.post("/api/v1/apps", "{\"name\":\"a\",\"name\":\"b\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("has a member twice");
  }

  @Test
  void makesAnAppInTheUsersOwnNamespace() throws Exception {
    Client.Answer made = dev.post("/api/v1/apps", "{\"name\":\"shop\",\"branch\":\"trunk\"}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo("/api/v1/apps/acme/shop");
    JsonNode app = made.json();
    assertThat(app.path("git_url").asText()).isEqualTo(platform.base + "/acme/shop.git");
    assertThat(app.path("url").asText())
        .isEqualTo("http://shop-acme.apps.test:%d/".formatted(platform.base.getPort()));
    assertThat(app.path("branch").asText()).isEqualTo("trunk");
    assertThat(app.path("status").asText()).isEqualTo("idle");
    assertThat(app.get("release").isNull()).isTrue();
    assertThat(vic.get("/api/v1/apps/acme/shop").json()).isEqualTo(app);
    Client.Answer taken = dev.post("/api/v1/apps", "{\"name\":\"shop\"}");
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.json().path("detail").asText())
        .isEqualTo("There is an app acme/shop already: choose another name.");
  }

  @Test
  void aProgramMakesAppsWhereItHasARole() throws Exception {
    Client bot = new Client(platform, "bot");
    assertThat(bot.get("/api/v1/me").json().path("subject").asText()).isEqualTo("bot");
    Client.Answer nowhere = bot.post("/api/v1/apps", "{\"name\":\"shop\"}");
    assertThat(nowhere.status()).isEqualTo(422);
    assertThat(nowhere.json().path("detail").asText()).contains("name one");
    Client.Answer made = bot.post("/api/v1/apps", "{\"name\":\"shop\",\"namespace\":\"acme\"}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(bot.post("/api/v1/apps", "{\"name\":\"x\",\"namespace\":\"other\"}").status())
        .isEqualTo(404);
  }

  @Test
  void tellsAllThatIsWrongWithANewApp() throws Exception {
    Client.Answer answer =
        dev.post("/api/v1/apps", "{\"name\":\"Shop_1\",\"namespace\":\"api\",\"branch\":\"a..b\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors")).hasSize(3);
    assertThat(dev.post("/api/v1/apps", "{\"nmae\":\"x\"}").json().path("detail").asText())
        .contains("'nmae'")
        .contains("branch, name, namespace");
    assertThat(dev.post("/api/v1/apps", "{").status()).isEqualTo(400);
    assertThat(dev.post("/api/v1/apps", "").status()).isEqualTo(400);
    assertThat(dev.post("/api/v1/apps", "{\"name\":\"" + "x".repeat(9000) + "\"}").status())
        .isEqualTo(413);
  }

  @Test
  void hidesWhatOneMayNotSeeAndRefusesWhatOneMayNotDo() throws Exception {
    platform.app("shop");
    for (String path :
        new String[] {"", "/builds", "/builds/latest", "/releases", "/config", "/builds/x/log"}) {
      Client.Answer hidden = eve.get("/api/v1/apps/acme/shop" + path);
      assertThat(hidden.status()).isEqualTo(404);
      assertThat(hidden.text()).isEqualTo(eve.get("/api/v1/apps/acme/shop" + path).text());
      assertThat(hidden.json().path("detail").asText()).startsWith("There is no app acme/shop");
    }
    assertThat(eve.post("/api/v1/apps", "{\"name\":\"x\",\"namespace\":\"acme\"}").status())
        .isEqualTo(404);
    assertThat(eve.get("/api/v1/apps").text()).isEqualTo("[]");
    assertThat(eve.get("/api/v1/apps?namespace=acme").status()).isEqualTo(404);
    assertThat(vic.get("/api/v1/apps/acme/shop/config").status()).isEqualTo(403);
    assertThat(vic.patch("/api/v1/apps/acme/shop/config", "{\"A\":\"1\"}").status()).isEqualTo(403);
    assertThat(vic.post("/api/v1/apps", "{\"name\":\"x\"}").status()).isEqualTo(403);
    assertThat(dev.delete("/api/v1/apps/acme/shop?confirm=shop").status()).isEqualTo(403);
  }

  @Test
  void answersUnknownPathsWithAProblem() throws Exception {
    Client.Answer answer = dev.get("/api/v1/nothing");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("detail").asText())
        .isEqualTo("There is nothing at GET /api/v1/nothing.");
  }

  @Test
  void changesConfigVarsAndMakesAReleaseOnceOneIsLive() throws Exception {
    App app = platform.app("shop");
    Client.Answer first =
        dev.patch("/api/v1/apps/acme/shop/config", "{\"A\":\"1\",\"B\":\"zwei\"}");
    assertThat(first.text())
        .isEqualTo(
            "{\"config\":{\"A\":\"1\",\"B\":\"zwei\"},\"changed\":[\"A\",\"B\"],\"release\":null}");
    release(app);
    JsonNode second = dev.patch("/api/v1/apps/acme/shop/config", "{\"A\":null,\"C\":\"3\"}").json();
    assertThat(second.path("config").toString()).isEqualTo("{\"B\":\"zwei\",\"C\":\"3\"}");
    assertThat(second.path("changed").toString()).isEqualTo("[\"A\",\"C\"]");
    JsonNode same = dev.patch("/api/v1/apps/acme/shop/config", "{\"A\":null,\"C\":\"3\"}").json();
    assertThat(same.path("changed")).isEmpty();
    assertThat(second.path("release").path("version").asText()).isEqualTo("v2");
    assertThat(second.path("release").path("status").asText()).isEqualTo("pending");
    assertThat(dev.get("/api/v1/apps/acme/shop/config").text())
        .isEqualTo("{\"B\":\"zwei\",\"C\":\"3\"}");
    assertThat(dev.get("/api/v1/apps/acme/shop").json().path("status").asText())
        .isEqualTo("deploying");
  }

  @Test
  void refusesConfigVarsThatNoAppCanHave() throws Exception {
    platform.app("shop");
    Client.Answer answer =
        dev.patch(
            "/api/v1/apps/acme/shop/config",
            "{\"1A\":\"x\",\"PORT\":\"1\",\"PLATFORM_X\":\"1\",\"N\":5,\"Z\":\"a\\u0000b\",\"S\":\"secret-value\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors")).hasSize(5);
    assertThat(answer.text()).doesNotContain("secret-value");
    assertThat(
            dev.patch(
                    "/api/v1/apps/acme/shop/config",
                    "{\"BIG\":\"%s\"}".formatted("x".repeat(66_000)))
                .json()
                .path("detail")
                .asText())
        .contains("may take 65536");
    assertThat(dev.get("/api/v1/apps/acme/shop/config").text()).isEqualTo("{}");
  }

  @Test
  void theChoiceOfABuildpackIsTheUsers() throws Exception {
    platform.app("shop");
    String body = "{\"PLATFORM_BUILDPACK\":\"procfile\"}";
    assertThat(dev.patch("/api/v1/apps/acme/shop/config", body).status()).isEqualTo(200);
    assertThat(dev.get("/api/v1/apps/acme/shop/config").text()).isEqualTo(body);
  }

  @Test
  void showsThatAnAppCrashedWhileLiveAndWhy() throws Exception {
    App app = platform.app("shop");
    release(app);
    assertThat(dev.get("/api/v1/apps/acme/shop").json().path("status").asText())
        .isEqualTo("running");

    platform.processes =
        List.of(
            new ProcessState(
                ProcessName.numbered("web", 1),
                new ReleaseVersion(1),
                ProcessState.Status.CRASHED,
                Optional.of(new ReleaseFailureCause.StartsAgain(1, new ExitDetail.Unknown())),
                Optional.empty(),
                3,
                ProcessState.Usage.UNKNOWN,
                Optional.empty()));

    JsonNode crashed = dev.get("/api/v1/apps/acme/shop").json();
    assertThat(crashed.path("status").asText()).isEqualTo("crashed");
    assertThat(crashed.path("processes").toString())
        .isEqualTo(
            "[{\"name\":\"web.1\",\"type\":\"web\",\"status\":\"crashed\",\"reason\":\"The process"
                + " exited with code 1; it is started again.\"}]");
  }

  @Test
  void goesBackToAnEarlierRelease() throws Exception {
    App app = platform.app("shop");
    assertThat(dev.post("/api/v1/apps/acme/shop/rollback", "").status()).isEqualTo(409);
    release(app);
    release(app);
    Client.Answer answer = dev.post("/api/v1/apps/acme/shop/rollback", "");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("version").asText()).isEqualTo("v3");
    assertThat(answer.json().path("description").asText()).isEqualTo("Rollback to v1");
    assertThat(dev.post("/api/v1/apps/acme/shop/rollback", "{\"version\":\"v9\"}").status())
        .isEqualTo(409);
    assertThat(dev.post("/api/v1/apps/acme/shop/rollback", "{\"version\":\"x\"}").status())
        .isEqualTo(404);
  }

  @Test
  void waitsUntilAReleaseIsNoLongerPending() throws Exception {
    App app = platform.app("shop");
    release(app);
    dev.patch("/api/v1/apps/acme/shop/config", "{\"A\":\"1\"}");
    assertThat(dev.get("/api/v1/apps/acme/shop/releases/v2").json().path("status").asText())
        .isEqualTo("pending");
    CompletableFuture<JsonNode> waiting =
        CompletableFuture.supplyAsync(() -> {
          try {
            return dev.get("/api/v1/apps/acme/shop/releases/v2?wait=20").json();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    platform.stores.releases().rolledOut(app.id(), new ReleaseVersion(2), new RolloutEnd.Live());
    JsonNode release = waiting.join();
    assertThat(release.path("status").asText()).isEqualTo("live");
    assertThat(release.path("current").asBoolean()).isTrue();
    assertThat(dev.get("/api/v1/apps/acme/shop/releases?limit=1").json()).hasSize(1);
    assertThat(dev.get("/api/v1/apps/acme/shop/releases?limit=none").status()).isEqualTo(400);
  }

  @Test
  void showsAndCancelsBuilds() throws Exception {
    App app = platform.app("shop");
    assertThat(dev.get("/api/v1/apps/acme/shop/builds").text()).isEqualTo("[]");
    assertThat(dev.get("/api/v1/apps/acme/shop/builds/latest").status()).isEqualTo(404);
    BuildId id = platform.accepted(app);
    JsonNode build = dev.get("/api/v1/apps/acme/shop/builds/latest").json();
    assertThat(build.path("id").asText()).isEqualTo(id.value());
    assertThat(build.path("status").asText()).isEqualTo("accepted");
    assertThat(build.path("commit").asText()).isEqualTo("1".repeat(40));
    assertThat(build.path("ref").asText()).isEqualTo("refs/heads/main");
    assertThat(build.get("outcome").isNull()).isTrue();
    assertThat(vic.post("/api/v1/apps/acme/shop/builds/latest/cancel", "").status()).isEqualTo(403);
    Client.Answer canceled = dev.post("/api/v1/apps/acme/shop/builds/latest/cancel", "");
    assertThat(canceled.status()).isEqualTo(202);
    assertThat(canceled.json().path("status").asText()).isEqualTo("canceled");
    assertThat(dev.post("/api/v1/apps/acme/shop/builds/%s/cancel".formatted(id), "").status())
        .isEqualTo(409);
    platform.app("other");
    assertThat(dev.get("/api/v1/apps/acme/other/builds/" + id).status()).isEqualTo(404);
  }

  @Test
  void destroysAnAppOnlyWithItsNameAndWaitsUntilItIsGone() throws Exception {
    App app = platform.app("shop");
    BuildId id = platform.accepted(app);
    assertThat(ann.delete("/api/v1/apps/acme/shop").status()).isEqualTo(422);
    assertThat(ann.delete("/api/v1/apps/acme/shop?confirm=other").status()).isEqualTo(422);
    platform
        .stores
        .signals()
        .listen(topic -> {
          if (platform
                  .stores
                  .apps()
                  .find(app.id())
                  .filter(a -> a.status() == App.Status.DESTROYING)
                  .isPresent()
              && platform.row(id).status().ended()) {
            platform
                .stores
                .builds()
                .settle(
                    id, Build.Outcome.rejected(new DeployFailureCause.StoredSentence("destroyed")));
            platform.stores.apps().stopped(app.id());
            platform.stores.apps().delete(app.id());
          }
        });
    assertThat(ann.delete("/api/v1/apps/acme/shop?confirm=shop").status()).isEqualTo(204);
    assertThat(ann.get("/api/v1/apps/acme/shop").status()).isEqualTo(404);
  }

  @Test
  void tellsBeforehandWhatRetentionRemoves() throws Exception {
    App app = platform.app("shop");
    for (int i = 0; i < 3; i++) {
      release(app);
    }
    String path = "/api/v1/apps/acme/shop/retention";
    JsonNode usual = vic.get(path).json();
    assertThat(usual.path("objects")).isEmpty();
    assertThat(usual.path("keep").path("builds").asInt()).isEqualTo(20);
    JsonNode tight = vic.get(path + "?builds=1&releases=2").json();
    assertThat(tight.path("dry_run").asBoolean()).isTrue();
    assertThat(tight.path("objects")).hasSize(3);
    assertThat(tight.path("bytes").asLong()).isEqualTo(2 * "source".length() + "slug".length());
    assertThat(tight.path("releases").path(0).asText()).isEqualTo("v1");
    assertThat(vic.get(path + "?releases=1").status()).isEqualTo(400);
    assertThat(dev.post(path, "").status()).isEqualTo(403);
    assertThat(eve.get(path).status()).isEqualTo(404);
    JsonNode done = ann.post(path, "").json();
    assertThat(done.path("dry_run").asBoolean()).isFalse();
    assertThat(done.path("objects")).isEmpty();
  }

  @Test
  void saysThatALogWasRemoved() throws Exception {
    App app = platform.app("shop");
    release(app);
    release(app);
    platform.stores.apps().keep(app.id(), new RetentionLimits(1, 2));
    BuildId old = platform.stores.builds().list(app.id(), 9).getLast().id();
    Client.Answer answer = vic.get("/api/v1/apps/acme/shop/builds/" + old + "/log");
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.json().path("detail").asText())
        .isEqualTo(
            "The log of build %s was removed: the logs of an app's last 20 builds are kept."
                .formatted(old));
  }

  @Test
  void oneReleaseIsLiveAndThoseBeforeItAreSuperseded() throws Exception {
    App app = platform.app("shop");
    release(app);
    release(app);
    JsonNode releases = vic.get("/api/v1/apps/acme/shop/releases").json();
    assertThat(releases.findValuesAsText("status")).containsExactly("live", "superseded");
    assertThat(releases.findValuesAsText("current")).containsExactly("true", "false");
  }
}
