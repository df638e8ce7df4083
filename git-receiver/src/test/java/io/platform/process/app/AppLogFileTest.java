package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.process.sandbox.LineTail;
import io.platform.process.sandbox.ProcessSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppLogFileTest {
  @TempDir Path directory;

  @Test
  void keepsOneOlderFile() throws Exception {
    AppLogFile log = new AppLogFile(directory.resolve("shop"), new ProcessSettings.Logs(200, 30));
    for (int i = 0; i < 100; i++) {
      log.add("v1-1", "line " + i);
    }
    log.close();
    log.add("v1-1", "of an app that is gone");
    AppLogFile next = new AppLogFile(directory.resolve("shop"), new ProcessSettings.Logs(200, 30));
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
  void keepsTheLastLinesOnly() {
    LineTail lines = new LineTail(3);
    for (int i = 0; i < 10; i++) {
      lines.add("line " + i);
    }
    assertThat(lines.get()).containsExactly("line 7", "line 8", "line 9");
  }
}
