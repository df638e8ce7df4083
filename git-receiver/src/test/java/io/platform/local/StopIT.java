package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM ends the server, whatever its tasks do. */
class StopIT {
  private static final int SIGTERM_STATUS = 143;

  @TempDir Path directory;

  @Test
  void aTaskThatIgnoresInterruptionIsNamedAndLeft() throws Exception {
    GitApp shop = GitApp.in(directory.resolve("shop"));
    shop.commitPage("page", "it");
    try (Server server = Server.startIgnoringStops(Write.LAUNCHED, directory.resolve("data"))) {
      String token = server.login();
      assertThat(server.api(token, "POST", "/apps", "{\"name\":\"shop\"}").status()).isEqualTo(201);
      Process push = shop.startPush(server.base(), token, "admin/shop");
      server.awaitLine(PlatformThatIgnoresStops.IGNORES + Write.LAUNCHED);

      assertThat(server.stop()).isEqualTo(SIGTERM_STATUS);

      assertThat(server.awaitLine("did not end within")).contains("build-");
      server.awaitLine("Stopped.");
      assertThat(push.waitFor()).isNotZero();
    }
  }
}
