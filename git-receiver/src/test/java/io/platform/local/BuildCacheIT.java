package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a buildpack of the app's own keeps from build to build, and how it is lost. */
@Timeout(300)
class BuildCacheIT {
  private static final String APP = "admin/shop";

  @TempDir Path directory;

  @Test
  void keepsTheCacheUntilItIsUnwantedPurgedOrOfOtherBuildpacks() throws Exception {
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = GitApp.in(directory.resolve("shop"));
      shop.write("Procfile", "worker: ./work\n");
      shop.write(".buildpacks", "./pack\n");
      for (String pack : new String[] {"pack", "other"}) {
        shop.write(pack + "/bin/detect", "#!/bin/sh\necho Counter\n");
        shop.write(
            pack + "/bin/compile",
            "#!/bin/sh\necho x >>\"$2/count\"; echo \"       Count: $(wc -l <\"$2/count\")\"\n");
      }

      assertThat(push(shop, server, token)).contains("Counter app detected").contains("Count: 1");
      assertThat(push(shop, server, token)).contains("Count: 2");
      assertThat(push(shop, server, token, "-o", "no-cache")).contains("Count: 1");
      assertThat(push(shop, server, token)).contains("Count: 2");

      JsonNode cache = server.api(token, "GET", "/apps/" + APP + "/build-cache", "").json();
      assertThat(cache.path("size").asLong()).isPositive();
      assertThat(server.api(token, "DELETE", "/apps/" + APP + "/build-cache", "").json())
          .isEqualTo(cache);
      assertThat(server.api(token, "GET", "/apps/" + APP + "/build-cache", "").json().toString())
          .isEqualTo("{\"size\":0}");
      assertThat(push(shop, server, token)).contains("Count: 1");
      assertThat(push(shop, server, token)).contains("Count: 2");

      shop.write(".buildpacks", "./other\n");
      assertThat(push(shop, server, token))
          .contains("The last build's cache is of other buildpacks, and is not used.")
          .contains("Count: 1");

      String chosen = "{\"buildpacks\":[\"./pack\"]}";
      assertThat(server.api(token, "PUT", "/apps/" + APP + "/buildpacks", chosen).json().toString())
          .isEqualTo(chosen);
      assertThat(push(shop, server, token))
          .contains("Using the buildpack of `platform buildpacks`")
          .contains("The last build's cache is of other buildpacks, and is not used.")
          .contains("Count: 1");
    }
  }

  private static String push(GitApp shop, Server server, String token, String... options)
      throws Exception {
    shop.write("change", String.valueOf(System.nanoTime()));
    shop.commit("change");
    return shop.push(server.base(), token, APP, options).output();
  }
}
