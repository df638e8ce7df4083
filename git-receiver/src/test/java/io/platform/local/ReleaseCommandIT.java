package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Release commands of real pushes on one machine. */
@Timeout(300)
class ReleaseCommandIT {
  private static final String HOST = "shop-admin.localhost";
  private static final String APP = "admin/shop";
  private static final String WEB = "web: exec python3 -m http.server $PORT\n";

  @TempDir Path directory;

  @Test
  void runBeforeTheTrafficMovesAndRejectThePushWhereTheyFail() throws Exception {
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      server.api(token, "PATCH", "/apps/admin/shop/config", "{\"GREETING\":\"hello\"}");
      GitApp shop = GitApp.in(directory.resolve("shop"));

      shop.write("page", "one");
      shop.write("Procfile", WEB + "release: echo \"$GREETING from $DYNO on ${PORT-no port}\"\n");
      shop.commit("one");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains("-----> Running the release command of v1: echo")
          .contains("       hello from release.1 on no port")
          .contains("The release command succeeded after")
          .contains("Released v1, running at")
          .doesNotContain("does not run release commands");

      shop.write("page", "two");
      shop.write("Procfile", WEB + "release: echo no such table && exit 3\n");
      String failing = shop.commit("two");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains("       no such table")
          .contains("v2 did not come up: The release command exited with code 3.")
          .contains("v1 keeps running.")
          .contains("pre-receive hook declined")
          .doesNotContain("Starting v2");
      assertThat(shop.remoteMain(server.base(), token, APP)).isNotEqualTo(failing);
      assertThat(server.app(HOST, "/page")).isEqualTo("one");

      String version =
          server
              .api(token, "PATCH", "/apps/admin/shop/config", "{\"GREETING\":\"bye\"}")
              .json()
              .at("/release/version")
              .asText();
      assertThat(
              server
                  .api(token, "GET", "/apps/admin/shop/releases/" + version + "?wait=60", "")
                  .json()
                  .path("status")
                  .asText())
          .isEqualTo("live");
    }
  }

  @Test
  void endWhereTheyTakeTooLongOrTheBuildIsCanceled() throws Exception {
    try (Server server =
        Server.launch(directory.resolve("data"), Map.of("PLATFORM_RELEASE_COMMAND_TIME", "5s"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = GitApp.in(directory.resolve("shop"));
      shop.write("page", "one");
      shop.write("Procfile", WEB + "release: exec sleep 1000\n");
      shop.commit("one");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains("v1 did not come up: The release command took longer than the 5 s")
          .contains("pre-receive hook declined");
    }
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      GitApp shop = new GitApp(directory.resolve("shop"));
      shop.write("Procfile", WEB + "release: echo waits && exec sleep 1000\n");
      shop.commit("two");
      Process push = shop.startPush(server.base(), token, APP);
      String output = awaitLine(push, "       waits");
      assertThat(output).contains("Running the release command of v2");
      assertThat(server.api(token, "POST", "/apps/admin/shop/builds/latest/cancel", "").status())
          .isEqualTo(202);
      assertThat(awaitLine(push, "pre-receive hook declined"))
          .contains("v2 did not come up: Canceled by admin");
      assertThat(push.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** Reads what the push says until it says this. */
  private static String awaitLine(Process push, String text) throws Exception {
    StringBuilder output = new StringBuilder();
    while (output.indexOf(text) < 0) {
      int next = push.getInputStream().read();
      if (next < 0) {
        throw new AssertionError("the push ended: " + output);
      }
      output.append((char) next);
    }
    return output.toString();
  }
}
