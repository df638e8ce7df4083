package io.platform.process.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.process.sandbox.ProcessSettings;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AppLogTest {
  private static final AppLogLimits LIMITS =
      new AppLogLimits(1000, Duration.ofMillis(50), Duration.ofMillis(50));

  @TempDir Path directory;

  @Test
  void keepsOneOlderFile() throws Exception {
    AppLog log = new AppLog(directory.resolve("shop"), new ProcessSettings.Logs(200, 30));
    for (int i = 0; i < 100; i++) {
      log.add("v1-1", "line " + i);
    }
    log.close();
    log.add("v1-1", "of an app that is gone");
    AppLog next = new AppLog(directory.resolve("shop"), new ProcessSettings.Logs(200, 30));
    next.add("v1-2", "after");
    next.close();
    try (var files = Files.list(directory.resolve("shop"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("web.log", "web.log.1");
    }
    assertThat(directory.resolve("shop/web.log.1"))
        .content()
        .contains("v1-1: line 9")
        .hasSizeLessThan(260);
    List<String> newest = Files.readAllLines(directory.resolve("shop/web.log"));
    assertThat(newest).noneMatch(line -> line.contains("of an app that is gone"));
    assertThat(newest.getLast()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z v1-2: after");
  }

  @Test
  void leavesLinesOutWhileTheDiskTakesNone() throws Exception {
    Path file = pipe();
    AppLog log =
        new AppLog(requireNonNull(file.getParent()), new ProcessSettings.Logs(8 << 20, 30), LIMITS);
    int lines = 1000;
    for (int i = 0; i < lines; i++) {
      log.add("v1-1", "line " + i);
    }
    log.note("State changed to crashed");
    try (BufferedReader disk = Files.newBufferedReader(file)) {
      String line = disk.readLine();
      int written = 0;
      for (; line.contains("v1-1: line "); line = disk.readLine()) {
        assertThat(line).endsWith("v1-1: line " + written++);
      }
      assertThat(line).endsWith("platform: State changed to crashed");
      assertThat(disk.readLine())
          .endsWith(
              "%,d lines are left out: the disk did not take them".formatted(lines - written));
      log.add("v1-1", "after");
      assertThat(disk.readLine()).endsWith("v1-1: after");
      log.close();
      assertThat(disk.readLine()).isNull();
    }
  }

  @Test
  void endsWhileTheDiskTakesNothing() throws Exception {
    Path file = pipe();
    AppLog log =
        new AppLog(requireNonNull(file.getParent()), new ProcessSettings.Logs(8 << 20, 30), LIMITS);
    log.add("v1-1", "line");
    log.close();
    log.add("v1-1", "of an app that is gone");
    try (BufferedReader disk = Files.newBufferedReader(file)) {
      assertThat(disk.lines()).noneMatch(line -> line.contains("of an app that is gone"));
    }
  }

  /** Nobody reads it: whoever opens it to write stands still, as before a disk that hangs. */
  private Path pipe() throws Exception {
    Path file = Files.createDirectories(directory.resolve("shop")).resolve("web.log");
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    return file;
  }
}
