package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventsTest {
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
  void listsWhatHappenedAndWhoDidIt() {
    assertThat(user.platform("events", "-a", "shop").err()).contains("No events yet.");
    server.event("ada@example.com", "scaled", "Scaled web to 2");
    server.event("platform", "crashed", "web.1 (v3) crashed: it exited");

    var ended = user.platform("events", "-a", "shop", "-n", "5");

    assertThat(ended.out())
        .isEqualTo(
            """
            TIME                 BY               EVENT
            2026-01-02 03:04:05  platform         web.1 (v3) crashed: it exited
            2026-01-02 03:04:05  ada@example.com  Scaled web to 2
            """);
    assertThat(user.platform("events", "-a", "shop", "--json").out())
        .contains("\"kind\" : \"crashed\"", "\"user\" : null");
  }
}
