package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server is killed right after each write of a build's life, and started again. */
class KilledServerIT {
  private static final String HOST = "shop-admin.localhost";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void theNextStartFinishesWhatAKillLeft(Write write) throws Exception {
    Path data = directory.resolve("data");
    int port = Server.freePort();
    GitApp shop = GitApp.in(directory.resolve("shop"));
    String before = shop.commitPage("page", "before");
    String token;
    try (Server server = Server.start(data, port)) {
      token = server.login();
      assertThat(server.api(token, "POST", "/apps", "{\"name\":\"shop\"}").status()).isEqualTo(201);
      assertThat(shop.push(server.base(), token, "admin/shop").output()).contains("Released v1");
      server.stop();
    }

    String after = shop.commitPage("page", "after");
    try (Server server = Server.startStoppingAfter(write, data, port)) {
      Process push = shop.startPush(server.base(), token, "admin/shop");
      server.awaitLine(PlatformThatStops.STANDS + write);
      server.kill();
      assertThat(push.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    try (Server server = Server.start(data, port)) {
      String log =
          server.api(token, "GET", "/apps/admin/shop/builds/latest/log?follow=true", "").body();
      JsonNode build = server.api(token, "GET", "/apps/admin/shop/builds/latest", "").json();
      boolean deployed = write.isAfterAcceptance();
      assertThat(log).contains(deployed ? "Released v2, running at" : "push again");
      assertThat(build.path("status").asText()).isEqualTo(deployed ? "succeeded" : "failed");
      assertThat(build.path("outcome").asText()).isEqualTo(deployed ? "deployed" : "rejected");
      assertThat(shop.remoteMain(server.base(), token, "admin/shop")).isEqualTo(deployed ? after : before);
      JsonNode release = server.api(token, "GET", "/apps/admin/shop/releases/v1?wait=60", "").json();
      assertThat(release.path("status").asText()).isEqualTo("live");
      server.api(token, "GET", "/apps/admin/shop/releases/" + (deployed ? "v2" : "v1") + "?wait=60", "");
      assertThat(server.api(token, "GET", "/apps/admin/shop", "").json().path("release").asText())
          .isEqualTo(deployed ? "v2" : "v1");

      shop.commitPage("page", "again");
      assertThat(shop.push(server.base(), token, "admin/shop").output()).contains("running at");
      assertThat(server.app(HOST, "/page")).isEqualTo("again");
    }
  }
}
