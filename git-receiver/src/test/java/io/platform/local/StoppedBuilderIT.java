package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.slug.build.BuilderMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

      List<ProcessHandle> stopped = stopBuilder(server);
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

  /** Stops the builder as soon as it is there; all of its sandbox. */
  private static List<ProcessHandle> stopBuilder(Server server) throws Exception {
    ProcessHandle platform = ProcessHandle.of(server.pid()).orElseThrow();
    List<ProcessHandle> builder =
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofMinutes(1))
            .until(
                () -> platform.descendants().filter(StoppedBuilderIT::isBuilder).toList(),
                found -> !found.isEmpty());
    List<ProcessHandle> all = new ArrayList<>(builder);
    builder.forEach(process -> process.descendants().forEach(all::add));
    List<String> kill = new ArrayList<>(List.of("kill", "-STOP"));
    all.forEach(process -> kill.add(Long.toString(process.pid())));
    // 1 where a short-lived one of them has ended meanwhile.
    assertThat(new ProcessBuilder(kill).inheritIO().start().waitFor()).isBetween(0, 1);
    return all;
  }

  /** By its arguments: a process that the server is just starting runs the server's program. */
  private static boolean isBuilder(ProcessHandle process) {
    try {
      String command = Files.readString(Path.of("/proc", process.pid() + "", "cmdline"));
      return command.contains(BuilderMain.class.getName())
          && process.info().command().orElse("").endsWith("/java");
    } catch (IOException ended) {
      return false;
    }
  }
}
