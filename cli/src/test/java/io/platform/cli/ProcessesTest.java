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

final class ProcessesTest {
  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    user.login(server);
    server.app("shop").put("release", "v3");
    server.type("web", 1);
    server.type("worker", 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsProcessesAndWhyOneIsNotUp() {
    server.process("web.1", "up");
    server
        .process("worker.1", "crashed")
        .put("restarts", 7)
        .put("reason", "The worker process exited with code 3; it is started again.")
        .putNull("memory")
        .putNull("cpu")
        .putNull("since");

    var ended = user.platform("ps", "-a", "shop");

    assertThat(ended.out())
        .isEqualTo(
            """
            PROCESS   STATE    SINCE                RESTARTS  MEMORY  CPU  RELEASE  COMMAND
            web.1     up       2026-01-02 03:04:05  0         52M     3%   v3       node server.js
            worker.1  crashed  -                    7         -       -    v3       node server.js
            """);
    assertThat(ended.err())
        .isEqualTo(
            "       worker.1: The worker process exited with code 3; it is started again.\n");
    assertThat(user.platform("ps", "-a", "shop", "--json").out()).contains("\"restarts\" : 7");
    assertThat(user.platform("ps", "-a", "shop", "--names").out())
        .isEqualTo("web\nworker\nweb.1\nworker.1\n");
  }

  @Test
  void showsTheNodeWhereThereAreNodes() {
    server.process("web.x7k2p", "up").put("node", "node-2");
    assertThat(user.platform("ps", "-a", "shop").out())
        .contains("RELEASE  NODE    COMMAND", "v3       node-2  node server.js");
  }

  @Test
  void saysWhatCanBeStartedWhereNothingRuns() {
    assertThat(user.platform("ps", "-a", "shop").err())
        .contains("No process runs. The app has web, worker; start one: platform ps scale web=1");
    server.formation.removeAll();
    assertThat(user.platform("ps", "-a", "shop").err()).contains("git push platform main");
  }

  @Test
  void scalesAndShowsTheScale() {
    assertThat(user.platform("ps", "scale", "-a", "shop").out())
        .isEqualTo(
            """
            TYPE    QUANTITY  MEMORY    CPU       COMMAND
            web     1         standard  standard  node web.js
            worker  0         standard  standard  node worker.js
            """);

    var ended = user.platform("ps", "scale", "web=3", "worker=+2", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            "-----> Scaling web to 3, worker to 2 on ada/shop: platform ps shows the processes\n");
    assertThat(server.lastBody).isEqualTo("{\"web\":{\"quantity\":3},\"worker\":{\"change\":2}}");
    assertThat(user.platform("ps", "scale", "-a", "shop", "--json").out())
        .contains("\"quantity\" : 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web=-1|{\"web\":{\"change\":-1}}",
        "worker+1|{\"worker\":{\"change\":1}}",
        "worker-0|{\"worker\":{\"change\":0}}",
        "web=0|{\"web\":{\"quantity\":0}}",
      })
  void readsScales(String scale, String body) {
    assertThat(user.platform("ps", "scale", scale, "-a", "shop").code()).isZero();
    assertThat(server.lastBody).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "web=", "=2", "web=two", "web=1.5", "web=99999999999", "web:2"})
  void refusesWhatIsNoScale(String scale) {
    var ended = user.platform("ps", "scale", scale, "-a", "shop");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Write web=2 for two processes of web");
    assertThat(server.lastBody).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web=512M:0.5|{\"web\":{\"memory\":\"512M\",\"cpu\":0.5}}",
        "web=1.5G|{\"web\":{\"memory\":\"1.5G\"}}",
        "web=:2|{\"web\":{\"cpu\":2}}",
        "web=standard|{\"web\":{\"size\":\"standard\"}}",
      })
  void resizes(String size, String body) {
    var ended = user.platform("ps", "resize", size, "-a", "shop");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("-----> Resizing web on ada/shop\nTYPE ");
    assertThat(server.lastBody).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "web=", "web=512M:", "web=huge", "web=:x", "web=512M:0.5:1"})
  void refusesWhatIsNoSize(String size) {
    var ended = user.platform("ps", "resize", size, "-a", "shop");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Write web=512M:0.5");
    assertThat(server.lastBody).isEmpty();
  }

  @Test
  void restartsAndStops() {
    server.process("web.1", "up");
    server.process("web.2", "up");

    assertThat(user.platform("ps", "restart", "-a", "shop").out())
        .isEqualTo("-----> Restarting web.1, web.2 of ada/shop: platform ps shows the processes\n");
    assertThat(server.lastBody).isEqualTo("{}");
    assertThat(user.platform("ps", "stop", "web.2", "-a", "shop").out())
        .startsWith("-----> Stopping web.2 of ada/shop");
    assertThat(server.lastBody).isEqualTo("{\"process\":\"web.2\"}");
    assertThat(server.requests)
        .contains(
            "POST /api/v1/apps/ada/shop/processes/restart",
            "POST /api/v1/apps/ada/shop/processes/stop");
    assertThat(user.platform("ps", "stop", "-a", "shop").code()).isEqualTo(2);
  }
}
