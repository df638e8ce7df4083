package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.AppFeature;
import io.platform.domain.AppOptions;
import io.platform.domain.ProcessShare;
import io.platform.domain.RolloutOptions;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AppOptionsApiTest {
  private static final String FEATURES = "/api/v1/apps/acme/shop/features";
  private static final String ROLLOUT = "/api/v1/apps/acme/shop/rollout";

  @TempDir Path data;
  private TestPlatform platform;
  private Client dev;
  private App app;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    dev = new Client(platform, "dev");
    app = platform.app("shop");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private AppOptions now() {
    return platform.stores.apps().find(app.id()).orElseThrow().options();
  }

  @Test
  void featuresAreListedEnabledAndDisabled() throws Exception {
    assertThat(dev.get(FEATURES).json().findValuesAsText("name"))
        .containsExactly(
            "heroku-metadata", "session-affinity", "force-https", "overlapping-workers");
    assertThat(dev.get(FEATURES).json().findValuesAsText("enabled")).containsOnly("false");
    Client.Answer enabled = dev.put(FEATURES + "/session-affinity", "{\"enabled\":true}");
    assertThat(enabled.status()).isEqualTo(200);
    assertThat(enabled.json().findValuesAsText("enabled"))
        .containsExactly("false", "true", "false", "false");
    assertThat(now().features()).containsExactly(AppFeature.SESSION_AFFINITY);
    assertThat(dev.get("/api/v1/apps/acme/shop/events").text())
        .contains("Enabled session-affinity");
    assertThat(dev.put(FEATURES + "/session-affinity", "{\"enabled\":false}").status())
        .isEqualTo(200);
    assertThat(now()).isEqualTo(AppOptions.NONE);
  }

  @Test
  void aFeatureThatThereIsNotIsTold() throws Exception {
    Client.Answer unknown = dev.put(FEATURES + "/session-afinity", "{\"enabled\":true}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text())
        .contains("There is no feature session-afinity: there are heroku-metadata,")
        .contains("Did you mean \\\"session-affinity\\\"?");
    assertThat(dev.put(FEATURES + "/session-affinity", "{}").status()).isEqualTo(422);
  }

  @Test
  void rollOutsAreChangedAndGoBackToThePlatformsOwn() throws Exception {
    assertThat(dev.get(ROLLOUT).text())
        .isEqualTo("{\"max_surge\":null,\"max_unavailable\":null,\"stop_grace_seconds\":null}");
    Client.Answer changed =
        dev.patch(
            ROLLOUT, "{\"max_surge\":1,\"max_unavailable\":\"50%\",\"stop_grace_seconds\":90}");
    assertThat(changed.text())
        .isEqualTo("{\"max_surge\":\"1\",\"max_unavailable\":\"50%\",\"stop_grace_seconds\":90}");
    assertThat(now().rollout())
        .isEqualTo(
            new RolloutOptions(
                ProcessShare.parse("1"),
                ProcessShare.parse("50%"),
                Optional.of(Duration.ofSeconds(90))));
    assertThat(dev.patch(ROLLOUT, "{\"max_surge\":null}").text())
        .isEqualTo("{\"max_surge\":null,\"max_unavailable\":\"50%\",\"stop_grace_seconds\":90}");
    assertThat(dev.get("/api/v1/apps/acme/shop/events").text())
        .contains("Changed roll-outs: max-surge 1, max-unavailable 50%, stop-grace 90 s");
  }

  @Test
  void allThatIsWrongWithARollOutIsToldAndNothingChanged() throws Exception {
    Client.Answer wrong =
        dev.patch(
            ROLLOUT,
            "{\"max_surge\":0,\"max_unavailable\":\"many\",\"stop_grace_seconds\":3600,\"x\":1}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().path("errors").size()).isEqualTo(4);
    assertThat(wrong.text())
        .contains("max_unavailable is \\\"many\\\": send a number of processes from 0 to 100")
        .contains("There is nothing named x")
        .contains("no new process could start")
        .contains("Processes cannot have 3600 s to stop: choose from 1 to 600 s.");
    assertThat(now()).isEqualTo(AppOptions.NONE);
  }

  @Test
  void viewersLookAndDevelopersChange() throws Exception {
    Client viewer = new Client(platform, "vic");
    Client stranger = new Client(platform, "eve");
    assertThat(viewer.get(FEATURES).status()).isEqualTo(200);
    assertThat(viewer.get(ROLLOUT).status()).isEqualTo(200);
    assertThat(viewer.put(FEATURES + "/heroku-metadata", "{\"enabled\":true}").status())
        .isEqualTo(403);
    assertThat(viewer.patch(ROLLOUT, "{\"max_surge\":1}").status()).isEqualTo(403);
    assertThat(stranger.get(FEATURES).status()).isEqualTo(404);
    assertThat(stranger.patch(ROLLOUT, "{\"max_surge\":1}").status()).isEqualTo(404);
  }
}
