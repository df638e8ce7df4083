package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server is killed right after each write of a build's life, and started again. */
class KilledServerIT {
  private static final String HOST = "shop-admin.localhost";

  @TempDir private static Path directory;
  private static String before = "";

  @BeforeAll
  static void anAppRuns() throws Exception {
    GitApp shop = GitApp.in(directory.resolve("shop"));
    before = shop.commitPage("page", "before");
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      assertThat(server.api(token, "POST", "/apps", "{\"name\":\"shop\"}").status()).isEqualTo(201);
      assertThat(shop.push(server.base(), token, "admin/shop").output()).contains("Released v1");
      server.stop();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNextStartFinishesWhatAKillLeft(Write write) throws Exception {
    Path copy = directory.resolve(write.name());
    copy(directory.resolve("data"), copy.resolve("data"));
    copy(directory.resolve("shop"), copy.resolve("shop"));
    Path data = copy.resolve("data");
    GitApp shop = new GitApp(copy.resolve("shop"));
    shop.commitPage("page", "after");
    shop.write(
        "Procfile", "web: exec python3 -m http.server $PORT\nrelease: echo The data is migrated\n");
    String after = shop.commit("release command");
    try (Server server = Server.startStoppingAfter(write, data)) {
      String token = server.login();
      Process push = shop.startPush(server.base(), token, "admin/shop");
      awaitStop(server, write, push);
      server.kill();
      assertThat(push.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    try (Server server = Server.start(data)) {
      String token = server.login();
      String log =
          server.api(token, "GET", "/apps/admin/shop/builds/latest/log?follow=true", "").body();
      JsonNode build = server.api(token, "GET", "/apps/admin/shop/builds/latest", "").json();
      boolean deployed = write.isDeployed();
      assertThat(log).contains(deployed ? "Released v2, running at" : "push again");
      if (deployed) {
        assertThat(log).containsOnlyOnce("\n       The data is migrated\n");
      }
      assertThat(build.path("status").asText())
          .isEqualTo(write.isReleased() ? "succeeded" : "failed");
      assertThat(build.path("outcome").asText()).isEqualTo(deployed ? "deployed" : "rejected");
      assertThat(shop.remoteMain(server.base(), token, "admin/shop"))
          .isEqualTo(deployed ? after : before);
      JsonNode release =
          server.api(token, "GET", "/apps/admin/shop/releases/v1?wait=60", "").json();
      assertThat(release.path("status").asText()).isEqualTo(deployed ? "superseded" : "live");
      server.api(
          token, "GET", "/apps/admin/shop/releases/" + (deployed ? "v2" : "v1") + "?wait=60", "");
      assertThat(server.api(token, "GET", "/apps/admin/shop", "").json().path("release").asText())
          .isEqualTo(deployed ? "v2" : "v1");

      shop.commitPage("page", "again");
      assertThat(shop.push(server.base(), token, "admin/shop").output()).contains("running at");
      assertThat(server.app(HOST, "/page")).isEqualTo("again");
    }
  }

  /** Tells what the push said, where it ended before the server came to that write. */
  private static void awaitStop(Server server, Write write, Process push) throws Exception {
    try {
      server.awaitLine(PlatformThatStops.STANDS + write);
    } catch (AssertionError e) {
      server.kill();
      String said = new String(push.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      throw new AssertionError("the push said:\n" + said, e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
