package io.platform.git.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LfsPointerTest {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:"
          + "ab".repeat(32)
          + "\nsize 12345\n";

  private static boolean is(String text) {
    return LfsPointer.is(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void recognisesPointers() {
    assertThat(is(POINTER)).isTrue();
    assertThat(is(POINTER.replace("\noid", "\next-0-foo sha256:" + "cd".repeat(32) + "\noid")))
        .isTrue();
  }

  @Test
  void letsTextsAboutPointersPass() {
    assertThat(is("")).isFalse();
    assertThat(is("version https://git-lfs.github.com/spec/v1 begins each pointer\n")).isFalse();
    assertThat(is("See:\n" + POINTER)).isFalse();
    assertThat(is(POINTER + "x".repeat(1024))).isFalse();
  }
}
