package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildpacksTest {
  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    user.login(server);
    server.app("shop");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void setsAddsListsRemovesAndClears() {
    assertThat(user.platform("buildpacks", "-a", "shop").err())
        .contains("None chosen: the app's files decide. Choose one: platform buildpacks set");

    assertThat(user.platform("buildpacks", "set", "nodejs", "./last", "-a", "shop").out())
        .isEqualTo(
            """
            -----> Buildpacks of ada/shop, from the next push on:
                   1. nodejs
                   2. ./last
            """);
    assertThat(server.lastBody).isEqualTo("{\"buildpacks\":[\"nodejs\",\"./last\"]}");
    assertThat(user.platform("buildpacks", "add", "./first", "--index", "1", "-a", "shop").out())
        .contains("1. ./first\n       2. nodejs\n       3. ./last\n");
    assertThat(server.lastBody).isEqualTo("{\"buildpack\":\"./first\",\"index\":1}");
    user.platform("buildpacks", "add", "static", "-a", "shop");
    assertThat(server.lastBody).isEqualTo("{\"buildpack\":\"static\"}");

    assertThat(user.platform("buildpacks", "-a", "shop").out())
        .isEqualTo("1. ./first\n2. nodejs\n3. ./last\n4. static\n");
    assertThat(user.platform("buildpacks", "--names", "-a", "shop").out())
        .isEqualTo("./first\nnodejs\n./last\nstatic\n");

    assertThat(user.platform("buildpacks", "remove", "nodejs", "-a", "shop").out())
        .doesNotContain("nodejs")
        .contains("3. static");
    assertThat(server.lastBody).isEqualTo("{\"buildpack\":\"nodejs\"}");
    assertThat(user.platform("buildpacks", "clear", "-a", "shop").out())
        .isEqualTo(
            """
            -----> ada/shop has no chosen buildpacks any more
                   In the next push the app's files decide.
            """);
    assertThat(server.lastBody).isEqualTo("{\"buildpacks\":[]}");
  }

  @Test
  void tellsThemAsJson() {
    assertThat(user.platform("buildpacks", "set", "static", "-a", "shop", "--json").out())
        .contains("\"static\"");
    assertThat(user.platform("buildpacks", "add", "./x", "-a", "shop", "--json").out())
        .contains("\"./x\"");
    assertThat(user.platform("buildpacks", "remove", "./x", "-a", "shop", "--json").out())
        .doesNotContain("./x");
    assertThat(user.platform("buildpacks", "-a", "shop", "--json").out())
        .contains("\"buildpacks\"");
    assertThat(user.platform("buildpacks", "clear", "-a", "shop", "--json").out())
        .contains("\"buildpacks\" : [ ]");
  }

  @Test
  void knowsTheNamesOfOtherPlatforms() {
    assertThat(user.platform("buildpacks:add", "nodejs", "-a", "shop").err())
        .contains("Did you mean \"buildpacks add\"?");
  }
}
