package io.platform.slug.build.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSpoolTest {
  @TempDir Path directory;

  @Test
  void keepsNoMoreThanItsLimit() throws Exception {
    Path file = directory.resolve("log");
    try (LogSpool spool = new LogSpool(file, 1 << 20)) {
      byte[] line = ("x".repeat(1023) + "\n").getBytes(UTF_8);
      for (int i = 0; i < 5000; i++) {
        spool.append(line);
      }
      assertThat(spool.size()).isLessThan((1 << 20) + 100);
    }
    assertThat(Files.size(file)).isLessThan((1 << 20) + 100);
    assertThat(file)
        .content()
        .endsWith("x\n       The log is longer than 1 MB: what follows is not kept\n");
  }
}
