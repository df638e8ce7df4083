package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DrainApiTest {
  private static final String DRAINS = "/api/v1/apps/acme/shop/drains";

  @TempDir Path data;
  private TestPlatform platform;
  private Client dev;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    platform.app("shop");
    dev = new Client(platform, "dev");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Client.Answer add(String url) throws Exception {
    return dev.post(DRAINS, "{\"url\":\"" + url + "\"}");
  }

  private Client.Answer remove(String drain) throws Exception {
    return dev.post(DRAINS + "/remove", "{\"drain\":\"" + drain + "\"}");
  }

  @Test
  void addsShowsAndRemovesWithoutShowingSecrets() throws Exception {
    assertThat(dev.get(DRAINS).text()).isEqualTo("[]");
    String url = "https://ada:s3cret@logs.example.com/in?token=t0k3n";
    Client.Answer added = add(url);

    assertThat(added.status()).isEqualTo(201);
    assertThat(added.text()).doesNotContain("s3cret", "t0k3n");
    JsonNode drain = added.json();
    assertThat(drain.path("url").asText()).isEqualTo("https://***@logs.example.com/in?token=***");
    assertThat(drain.path("delivered").asLong()).isZero();
    assertThat(drain.path("delivered_at").isNull()).isTrue();
    assertThat(dev.get(DRAINS).json()).hasSize(1).containsExactly(drain);

    Client.Answer again = add(url);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text()).contains("has a drain with this URL").doesNotContain("s3cret");

    assertThat(remove("nothing").status()).isEqualTo(404);
    assertThat(remove(url).json()).isEqualTo(drain);
    String id = add(url).json().path("id").asText();
    assertThat(remove(id).status()).isEqualTo(200);
    add(url);
    assertThat(remove("https://***@logs.example.com/in?token=***").status()).isEqualTo(200);
    assertThat(dev.get(DRAINS).text()).isEqualTo("[]");
  }

  @Test
  void refusesWhatIsNoDrainAndMoreThanAnAppMayHave() throws Exception {
    for (String url :
        new String[] {
          "http://logs.example.com",
          "syslog://logs.example.com",
          "https://127.0.0.1/in",
          "https://10.0.0.1/in",
          "https://[::ffff:127.0.0.1]/in",
          "syslog://localhost:514",
          "syslog://169.254.169.254:80"
        }) {
      Client.Answer refused = add(url);
      assertThat(refused.status()).as(url).isEqualTo(422);
      assertThat(refused.json().path("errors")).as(url).hasSize(1);
    }
    assertThat(dev.post(DRAINS, "{}").status()).isEqualTo(422);
    assertThat(dev.post(DRAINS + "/remove", "{}").status()).isEqualTo(422);
    for (int i = 0; i < 5; i++) {
      assertThat(add("https://logs.example.com/" + i).status()).isEqualTo(201);
    }
    Client.Answer tooMany = add("https://logs.example.com/5");
    assertThat(tooMany.status()).isEqualTo(409);
    assertThat(tooMany.text()).contains("as many as an app may have");
  }

  @Test
  void viewersLookAndDevelopersChange() throws Exception {
    add("https://logs.example.com");
    Client viewer = new Client(platform, "vic");
    Client stranger = new Client(platform, "eve");
    assertThat(viewer.get(DRAINS).status()).isEqualTo(200);
    assertThat(viewer.post(DRAINS, "{\"url\":\"https://x.example.com\"}").status()).isEqualTo(403);
    assertThat(viewer.post(DRAINS + "/remove", "{\"drain\":\"x\"}").status()).isEqualTo(403);
    assertThat(stranger.get(DRAINS).status()).isEqualTo(404);
    assertThat(stranger.post(DRAINS, "{\"url\":\"https://x.example.com\"}").status())
        .isEqualTo(404);
  }
}
