package io.platform.git.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LfsPointerTest {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:"
          + "ab".repeat(32)
          + "\nsize 12345\n";

  private static Optional<LfsPointer> parse(String text) {
    return LfsPointer.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsPointers() {
    LfsPointer pointer = new LfsPointer(new Sha256("ab".repeat(32)), 12345);
    assertThat(parse(POINTER)).contains(pointer);
    assertThat(parse(POINTER.replace("\n", "\r\n"))).contains(pointer);
    assertThat(parse(POINTER.strip())).contains(pointer);
    assertThat(parse(POINTER.replace("\noid", "\next-0-foo sha256:" + "cd".repeat(32) + "\noid")))
        .contains(pointer);
  }

  @Test
  void letsTextsAboutPointersPass() {
    assertThat(parse("")).isEmpty();
    assertThat(parse("version https://git-lfs.github.com/spec/v1 begins each pointer\n")).isEmpty();
    assertThat(parse("See:\n" + POINTER)).isEmpty();
    assertThat(parse(POINTER + "x".repeat(1024))).isEmpty();
    assertThat(parse(POINTER.replace("ab", "AB"))).isEmpty();
    assertThat(parse(POINTER.replace("12345", "-1"))).isEmpty();
    assertThat(parse(POINTER.replace("12345", "9".repeat(19)))).isEmpty();
  }
}
