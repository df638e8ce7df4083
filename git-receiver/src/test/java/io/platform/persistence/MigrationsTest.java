package io.platform.persistence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  @Test
  void everyEngineHasTheSameVersions() throws Exception {
    assertThat(names("postgresql")).isNotEmpty().isEqualTo(names("sqlite"));
  }

  private static List<String> names(String engine) throws Exception {
    URL folder = requireNonNull(SqlStores.class.getResource(engine));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
