package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DrainsTest {
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
  void addsListsAndRemoves() {
    assertThat(user.platform("drains", "-a", "shop").err())
        .contains("No drains. Add one: platform drains add syslog+tls://HOST:PORT");

    var added = user.platform("drains", "add", "https://logs.example.com/in", "-a", "shop");
    assertThat(added.out())
        .isEqualTo("-----> Added drain d1 to ada/shop: https://logs.example.com/in\n");
    assertThat(server.lastBody).isEqualTo("{\"url\":\"https://logs.example.com/in\"}");
    server
        .drain("d2", "syslog://logs.example.com:514")
        .put("delivered", 1234)
        .put("dropped", 7)
        .put("delivered_at", "2026-01-02T03:04:05Z")
        .put("problem", "logs.example.com:514 accepts no connections.");

    var listed = user.platform("drains", "-a", "shop");
    assertThat(listed.out())
        .isEqualTo(
            """
            ID  URL                            DELIVERED  LAST                 DROPPED
            d1  https://logs.example.com/in    0          -                    0
            d2  syslog://logs.example.com:514  1234       2026-01-02 03:04:05  7
            """);
    assertThat(listed.err()).isEqualTo("       d2: logs.example.com:514 accepts no connections.\n");
    assertThat(user.platform("drains", "-a", "shop", "--json").out()).contains("\"dropped\" : 7");

    var removed = user.platform("drains", "remove", "d2", "-a", "shop");
    assertThat(removed.out())
        .isEqualTo("-----> Removed drain d2 of ada/shop: syslog://logs.example.com:514\n");
    assertThat(server.lastBody).isEqualTo("{\"drain\":\"d2\"}");
    var missing = user.platform("drains", "remove", "d2", "-a", "shop");
    assertThat(missing.code()).isNotZero();
    assertThat(missing.err()).contains("no such drain");
  }

  @Test
  void tellsTheDrainAsJsonAndNeedsOne() {
    assertThat(
            user.platform("drains", "add", "syslog://logs.example.com:514", "-a", "shop", "--json")
                .out())
        .contains("\"id\" : \"d1\"");
    assertThat(user.platform("drains", "remove", "d1", "-a", "shop", "--json").out())
        .contains("\"id\" : \"d1\"");
    assertThat(user.platform("drains", "add", "-a", "shop").code()).isEqualTo(2);
    assertThat(user.platform("drains", "remove", "-a", "shop").code()).isEqualTo(2);
  }
}
