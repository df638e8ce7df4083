package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.slug.build.BuilderMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The builder that a server has started. */
final class BuilderProcess {
  private BuilderProcess() {}

  /** Stops the builder as soon as it is there; all of its sandbox. */
  static List<ProcessHandle> stop(Server server) throws Exception {
    ProcessHandle platform = ProcessHandle.of(server.pid()).orElseThrow();
    List<ProcessHandle> builder =
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofMinutes(1))
            .until(
                () -> platform.descendants().filter(BuilderProcess::isBuilder).toList(),
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
