package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Apps without a web process, and how one is lost and found. */
@Timeout(300)
class NoWebIT {
  private static final String HOST = "shop-admin.localhost";
  private static final String APP = "admin/shop";

  @TempDir Path directory;

  @Test
  void onlyAPushThatSaysSoLosesTheWebProcess() throws Exception {
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = GitApp.in(directory.resolve("shop"));

      shop.write("Procfile", "worker: ./work\n");
      shop.commit("worker");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains("There is no web process, so nothing answers at the app's URL.")
          .contains("worker: scaled to 0; start one: platform ps scale worker=1")
          .contains("Released v1, without a web process");
      assertThat(server.app(HOST, "/"))
          .contains("The app has no web process")
          .doesNotContain("Try again in a minute");
      assertThat(status(server, token)).isEqualTo("no_web");

      shop.commitPage("page", "hello");
      assertThat(shop.push(server.base(), token, APP).output()).contains("Released v2, running");
      assertThat(status(server, token)).isEqualTo("running");

      shop.write("Procfile", "Web: exec python3 -m http.server $PORT\n");
      shop.commit("misspelt");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains("Did you mean web?")
          .contains("This release would have no `web` process, and the live one has one")
          .contains("git push -o no-web")
          .contains("pre-receive hook declined");
      assertThat(server.app(HOST, "/page")).isEqualTo("hello");

      assertThat(shop.push(server.base(), token, APP, "-o", "noweb").output())
          .contains(
              "The push option `noweb` is not known and has no effect. There is: no-web, no-cache")
          .contains("pre-receive hook declined");

      assertThat(shop.push(server.base(), token, APP, "-o", "no-web").output())
          .contains("Released v3, without a web process");
      assertThat(server.app(HOST, "/")).contains("The app has no web process");
      assertThat(status(server, token)).isEqualTo("no_web");
    }
  }

  private static String status(Server server, String token) throws Exception {
    return server.api(token, "GET", "/apps/" + APP, "").json().path("status").asText();
  }
}
