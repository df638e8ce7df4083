package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A builder that somebody stopped (SIGSTOP), with all that it started. */
@Timeout(300)
class StoppedBuilderIT {
  @TempDir Path directory;

  @Test
  void thePushTellsItAndEndsAtTheDeadlineOfTheBuild() throws Exception {
    try (Server server =
        Server.launch(directory.resolve("data"), Map.of("PLATFORM_BUILD_TIME", "20s"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = GitApp.in(directory.resolve("shop"));
      shop.commitPage("page", "hello");
      Process push = shop.startPush(server.base(), token, "admin/shop");

      List<ProcessHandle> stopped = BuilderProcess.stop(server);
      String output = new String(push.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(output)
          .contains("Nothing from the build for ")
          .contains("platform builds cancel ")
          .contains("The build took longer than the ")
          .contains("It had written nothing for ")
          .contains("pre-receive hook declined");
      assertThat(stopped).noneMatch(ProcessHandle::isAlive);

      assertThat(shop.push(server.base(), token, "admin/shop").output())
          .contains("Released v1, running");
    }
  }
}
