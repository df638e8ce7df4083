package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features and roll-outs of apps. */
final class AppOptionsTest {
  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    user.login(server);
    server.app("shop");
    server
        .features
        .addObject()
        .put("name", "session-affinity")
        .put("enabled", true)
        .put("description", "Send all requests of a browser to the same web process");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsFeatures() {
    assertThat(user.platform("features", "-a", "shop").out())
        .isEqualTo(
            """
            FEATURE           ENABLED  WHAT IT DOES
            session-affinity  yes      Send all requests of a browser to the same web process
            """);
    assertThat(user.platform("features", "-a", "shop", "--json").out())
        .contains("\"enabled\" : true");
  }

  @Test
  void enablesAndDisablesThem() {
    assertThat(user.platform("features", "enable", "session-affinity", "-a", "shop").out())
        .isEqualTo("-----> Enabled session-affinity on ada/shop\n");
    assertThat(server.lastBody).isEqualTo("{\"enabled\":true}");
    assertThat(user.platform("features", "disable", "session-affinity", "-a", "shop").out())
        .isEqualTo("-----> Disabled session-affinity on ada/shop\n");
    assertThat(server.lastBody).isEqualTo("{\"enabled\":false}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-surge=1|{\"max_surge\":\"1\"}",
        "max-unavailable=25%|{\"max_unavailable\":\"25%\"}",
        "max-surge=default|{\"max_surge\":null}",
        "stop-grace=90s|{\"stop_grace_seconds\":90}",
        "stop-grace=2m|{\"stop_grace_seconds\":120}",
        "stop-grace=45|{\"stop_grace_seconds\":45}",
        "stop-grace=default|{\"stop_grace_seconds\":null}",
      })
  void setsHowReleasesAreRolledOut(String setting, String body) {
    var ended = user.platform("rollout", "set", setting, "-a", "shop");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("SETTING          VALUE\n");
    assertThat(server.lastBody).isEqualTo(body);
  }

  @Test
  void showsHowReleasesAreRolledOut() {
    server.rollout.put("max_surge", "1").put("stop_grace_seconds", 90);
    assertThat(user.platform("rollout", "-a", "shop").out())
        .isEqualTo(
            """
            SETTING          VALUE
            max-surge        1
            max-unavailable  default
            stop-grace       90s
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-surge", "max-surge=", "max-surge=all", "surge=1", "stop-grace=1h"})
  void refusesWhatIsNoSetting(String setting) {
    var ended = user.platform("rollout", "set", setting, "-a", "shop");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Write max-surge=1");
    assertThat(server.lastBody).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "maxSurge=1,max-surge=1",
    "max-unavailabel=25%,max-unavailable=25%",
    "stopgrace,stop-grace",
  })
  void suggestsTheSettingThatWasMeant(String setting, String meant) {
    var ended = user.platform("rollout", "set", setting, "-a", "shop");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "\"%s\" is no setting of roll-outs. Did you mean \"%s\"?".formatted(setting, meant));
  }

  @Test
  void showsTheProcessesAgainWhenTheyChangeUntilTheServerDoesNotAnswer() {
    user.interactive = true;
    server.process("web.1", "starting");
    server.afterProcesses =
        () -> {
          if (server.processes.get(0).path("status").asText().equals("starting")) {
            server.processes.removeAll();
            server.process("web.1", "up");
          } else {
            server.apps.clear();
          }
        };
    var ended = user.platform("ps", "--watch", "-a", "shop");
    assertThat(ended.out().split("\u001b\\[H\u001b\\[2J"))
        .hasSize(3)
        .satisfies(drawn -> {
          assertThat(drawn[1]).contains("web.1", "starting");
          assertThat(drawn[2]).contains("web.1", "up");
        });
    assertThat(ended.err()).contains("ada/shop");
    assertThat(ended.code()).isNotZero();
  }

  @Test
  void watchesOnATerminalOnly() {
    var ended = user.platform("ps", "--watch", "-a", "shop");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("needs a terminal").contains("platform ps --json");
  }
}
