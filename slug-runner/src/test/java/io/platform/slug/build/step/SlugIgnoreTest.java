package io.platform.slug.build.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlugIgnoreTest {
  @TempDir Path root;

  @Test
  void removesWhatThePatternsSay() throws IOException {
    for (String name :
        List.of(
            "a.psd",
            "x/b.psd",
            "test/t.js",
            "x/test/t.js",
            "docs/a/b.md",
            "x/docs/c",
            "keep",
            "log")) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.createFile(root.resolve(name));
    }
    Files.writeString(
        root.resolve(".slugignore"),
        "# comment\n*.psd\n/test\ndocs/**/b.md\nlog/\n!keep\n",
        StandardCharsets.UTF_8);

    SlugIgnore.apply(root);

    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()))
          .containsExactlyInAnyOrder(".slugignore", "x/test/t.js", "x/docs/c", "keep", "log");
    }
  }
}
