package io.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform on one machine with its objects in S3. */
class ObjectStoreIT {
  private static final String HOST = "shop-admin.localhost";

  @TempDir private Path directory;
  private S3Server s3;

  @BeforeEach
  void start() throws Exception {
    s3 = S3Server.start(directory);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void aPushIsBuiltReconfiguredRolledBackAndDestroyedWithoutALeftover() throws Exception {
    GitApp shop = GitApp.in(directory.resolve("shop"));
    shop.commitPage("page", "one");
    try (Server server = Server.launch(directory.resolve("data"), s3.environment())) {
      String token = server.login();
      assertThat(server.api(token, "POST", "/apps", "{\"name\":\"shop\"}").status()).isEqualTo(201);
      assertThat(shop.push(server.base(), token, "admin/shop").output())
          .contains("Released v1, running at");
      assertThat(server.app(HOST, "/page")).isEqualTo("one");
      assertThat(s3.kinds()).contains("slug", "source");

      shop.commitPage("page", "two");
      assertThat(shop.push(server.base(), token, "admin/shop").output()).contains("Released v2");
      assertThat(server.app(HOST, "/page")).isEqualTo("two");
      server.api(token, "PATCH", "/apps/admin/shop/config", "{\"COLOR\":\"red\"}");
      assertThat(released(server, token, "v3")).isEqualTo("live");
      server.api(token, "POST", "/apps/admin/shop/rollback", "{\"version\":\"v1\"}");
      assertThat(released(server, token, "v4")).isEqualTo("live");
      assertThat(server.app(HOST, "/page")).isEqualTo("one");

      JsonNode plan =
          server.api(token, "GET", "/apps/admin/shop/retention?builds=1&releases=2", "").json();
      assertThat(plan.path("objects").findValuesAsText("kind")).contains("source");
      assertThat(server.api(token, "DELETE", "/apps/admin/shop?confirm=shop", "").status())
          .isEqualTo(204);
      assertThat(s3.kinds()).isEmpty();
    }
  }

  @Test
  void aPushWaitsForAStoreThatRestarts() throws Exception {
    GitApp shop = GitApp.in(directory.resolve("shop"));
    shop.commitPage("page", "one");
    try (Server server = Server.launch(directory.resolve("data"), s3.environment())) {
      String token = server.login();
      assertThat(server.api(token, "POST", "/apps", "{\"name\":\"shop\"}").status()).isEqualTo(201);
      s3.close();
      Process push = shop.startPush(server.base(), token, "admin/shop");
      try (BufferedReader said = push.inputReader(UTF_8)) {
        String line = said.readLine();
        while (line != null && !line.contains("The object store does not answer")) {
          line = said.readLine();
        }
        assertThat(line).contains("Storing the source is tried again for 2 min");
        s3.startAgain();
        assertThat(said.lines().toList())
            .anyMatch(each -> each.contains("The object store answers again."))
            .anyMatch(each -> each.contains("Released v1, running at"));
      }
      assertThat(push.waitFor()).isZero();
    }
  }

  private static String released(Server server, String token, String version) throws Exception {
    return server
        .api(token, "GET", "/apps/admin/shop/releases/" + version + "?wait=60", "")
        .json()
        .path("status")
        .asText();
  }

  @Test
  void saysAtTheStartThatABucketIsMissing() throws Exception {
    Process up = Server.process(directory.resolve("data"), s3.environment("nowhere"));
    String said = new String(up.getInputStream().readAllBytes(), UTF_8);
    assertThat(up.waitFor()).isEqualTo(1);
    assertThat(said)
        .contains(
            " !     The object store s3://nowhere/objects/ cannot be used: there is no bucket")
        .contains("Create it")
        .doesNotContain("Exception");
  }
}
