package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.domain.App;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutEnd;
import io.platform.slug.ProcessTypes;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Domains and maintenance. */
@Timeout(60)
class DomainApiTest {
  private static final String SHOP = "/api/v1/apps/acme/shop";
  private static final String DOMAINS = SHOP + "/domains";
  private static final String MAINTENANCE = SHOP + "/maintenance";

  @TempDir Path data;
  private TestPlatform platform;
  private Client dev;
  private App shop;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    dev = new Client(platform, "dev");
    shop = platform.app("shop");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Client.Answer add(String name) throws Exception {
    return dev.post(DOMAINS, "{\"name\":\"%s\"}".formatted(name));
  }

  @Test
  void addsListsAndRemovesDomains() throws Exception {
    assertThat(dev.get(DOMAINS).text()).isEqualTo("[]");
    assertThat(add("WWW.Example.net").status()).isEqualTo(201);
    JsonNode domains = add("*.example.org").json();
    assertThat(domains.findValuesAsText("name"))
        .containsExactly("*.example.org", "www.example.net");
    assertThat(domains.findValuesAsText("target")).containsExactly(shop.host(), shop.host());
    assertThat(add("www.example.net").status()).isEqualTo(201);
    assertThat(dev.delete(DOMAINS + "/www.example.net").status()).isEqualTo(204);
    assertThat(dev.delete(DOMAINS + "/www.example.net").status()).isEqualTo(404);
    assertThat(dev.delete(DOMAINS + "/*.example.org").status()).isEqualTo(204);
    assertThat(dev.get(DOMAINS).text()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "localhost", "http://a.example", "a_b.example", "*.com"})
  void refusesWhatIsNoDomain(String name) throws Exception {
    Client.Answer refused = add(name);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("detail").asText())
        .contains("'%s' is not a domain".formatted(name));
  }

  @Test
  void refusesADomainOfAnotherApp() throws Exception {
    add("www.example.net");
    platform.app("blog");
    Client.Answer refused =
        dev.post("/api/v1/apps/acme/blog/domains", "{\"name\":\"www.example.net\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText())
        .isEqualTo(
            "www.example.net is the domain of another app. Remove it there first; if that app is not yours and the domain is, contact your administrator.");
    assertThat(new Client(platform, "vic").post(DOMAINS, "{\"name\":\"a.example\"}").status())
        .isEqualTo(403);
  }

  @Test
  void turnsMaintenanceOnAndOff() throws Exception {
    assertThat(dev.get(MAINTENANCE).text()).isEqualTo("{\"on\":false,\"page\":null}");
    assertThat(dev.put(MAINTENANCE, "{}").text()).isEqualTo("{\"on\":true,\"page\":null}");
    assertThat(dev.get(SHOP).json().path("maintenance").asBoolean()).isTrue();
    assertThat(dev.get(MAINTENANCE).text()).isEqualTo("{\"on\":true,\"page\":null}");

    Client.Answer refused =
        dev.put(MAINTENANCE, "{\"page\":\"%s/nothing\"}".formatted(platform.base));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("detail").asText()).contains("the answer was 404, not 200");
    assertThat(dev.put(MAINTENANCE, "{\"page\":\"file:///etc/passwd\"}").status()).isEqualTo(422);

    assertThat(dev.delete(MAINTENANCE).text()).isEqualTo("{\"on\":false,\"page\":null}");
    assertThat(dev.get(SHOP).json().path("maintenance").asBoolean()).isFalse();
    assertThat(new Client(platform, "vic").put(MAINTENANCE, "{}").status()).isEqualTo(403);
  }

  @Test
  void showsHowManyProcessesOfEachAppShouldRun() throws Exception {
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("worker", "work");
    commands.put("web", "serve");
    ReleaseVersion version = platform.built(shop, new ProcessTypes(commands));
    platform.stores.releases().rolledOut(shop.id(), version, new RolloutEnd.Live());
    platform.scale(shop, "worker", 2);
    assertThat(dev.get("/api/v1/apps").json().get(0).path("formation").toString())
        .isEqualTo("{\"worker\":2,\"web\":1}");
  }
}
