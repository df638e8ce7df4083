package io.platform.slug.build.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.slug.build.failure.BuildFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SlugIgnoreTest {
  @TempDir Path root;

  @Test
  void removesWhatThePatternsSay() throws Exception {
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

  @Test
  @Timeout(30)
  void aPatternOfManyStarsTakesNoTime() throws Exception {
    String name = "a".repeat(200);
    Files.createFile(root.resolve(name));
    Files.createFile(root.resolve(name + "b"));
    Files.writeString(
        root.resolve(".slugignore"),
        "*a".repeat(20) + "b\n" + "**/a".repeat(20) + "\n",
        StandardCharsets.UTF_8);

    assertThat(SlugIgnore.apply(root)).isEqualTo(1);

    assertThat(root.resolve(name)).exists();
    assertThat(root.resolve(name + "b")).doesNotExist();
  }

  @Test
  void oneStarStopsAtASlashAndTwoDoNot() {
    assertThat(matching("a*c", false)).containsExactly("abc", "ac", "x/abbc");
    assertThat(matching("a?c", true)).containsExactly("abc");
    assertThat(matching("d/*.md", true)).containsExactly("d/b.md", "d/f.md");
    assertThat(matching("d/**", true)).containsExactly("d/b.md", "d/e/f.md", "d/f.md", "d/f.md.x");
    assertThat(matching("d/**/f.md", true)).containsExactly("d/e/f.md", "d/f.md");
    assertThat(matching("**/e", true)).containsExactly("e", "y/z/e");
  }

  private static Stream<String> matching(String glob, boolean tied) {
    return Stream.of(
            "abc", "ac", "x/abbc", "a/c", "d/b.md", "d/e/f.md", "d/f.md", "d/f.md.x", "e", "y/z/e")
        .filter(new IgnorePattern(glob, tied)::matches);
  }

  @Test
  void refusesAFileLongerThanAnybodyWrites() throws Exception {
    Files.writeString(root.resolve(".slugignore"), "x\n".repeat(33 << 10), StandardCharsets.UTF_8);

    assertThatThrownBy(() -> SlugIgnore.apply(root))
        .isInstanceOf(BuildFailure.class)
        .hasMessage(
            "The file .slugignore is larger than 64 kB, which is the limit. Nothing was built. Make it shorter, with patterns, and push again.");
  }
}
