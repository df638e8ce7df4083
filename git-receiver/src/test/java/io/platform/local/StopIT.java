package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

  @Test
  void aPusherIsToldThatTheBuildContinuesWhenTheServerIsBack() throws Exception {
    GitApp shop = GitApp.in(directory.resolve("shop"));
    String commit = shop.commitPage("page", "it");
    Path data = directory.resolve("data");
    try (Server server = Server.start(data)) {
      String token = server.login();
      assertThat(server.api(token, "POST", "/apps", "{\"name\":\"shop\"}").status()).isEqualTo(201);
      Process push = shop.startPush(server.base(), token, "admin/shop");
      BuilderProcess.stop(server);
      String build =
          server.api(token, "GET", "/apps/admin/shop/builds/latest", "").json().path("id").asText();

      assertThat(server.stop()).isEqualTo(SIGTERM_STATUS);

      String said = new String(push.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said)
          .contains(
              "The platform is stopping, and this push ends here. The build continues when it is back.")
          .contains("platform builds log %s --follow".formatted(build))
          .contains("[remote rejected] main -> main (pre-receive hook declined)")
          .doesNotContain("RPC failed");
      assertThat(push.waitFor()).isNotZero();
    }

    try (Server server = Server.start(data)) {
      String token = server.login();
      assertThat(
              server.api(token, "GET", "/apps/admin/shop/builds/latest/log?follow=true", "").body())
          .contains("Released v1, running at");
      assertThat(shop.remoteMain(server.base(), token, "admin/shop")).isEqualTo(commit);
    }
  }
}
