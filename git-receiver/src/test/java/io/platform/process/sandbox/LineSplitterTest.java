package io.platform.process.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(lines::add);

  @Test
  void putsTogetherLinesThatComeInPieces() {
    write("one\ntw");
    write("o\r\n\nthr");
    write("ee");
    splitter.end();
    splitter.end();
    assertThat(lines).containsExactly("one", "two", "", "three");
  }

  @Test
  void cutsALineWithoutEndBetweenCharacters() {
    write("a" + "é€😀".repeat(3000));
    splitter.end();
    assertThat(lines)
        .hasSizeGreaterThan(2)
        .allSatisfy(line -> assertThat(line).doesNotContain("\uFFFD"));
    assertThat(String.join("", lines)).isEqualTo("a" + "é€😀".repeat(3000));
    assertThat(lines.getFirst().getBytes(UTF_8).length)
        .isBetween(LineSplitter.LIMIT - 3, LineSplitter.LIMIT);
  }

  @Test
  void replacesBytesThatAreNoText() {
    splitter.accept(new byte[] {'a', (byte) 0xff, (byte) 0x80, 'b', '\n'}, 5);
    byte[] continuation = new byte[LineSplitter.LIMIT + 1];
    java.util.Arrays.fill(continuation, (byte) 0x80);
    splitter.accept(continuation, continuation.length);
    splitter.end();
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).isEqualTo("a\uFFFD\uFFFDb");
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    splitter.accept(bytes, bytes.length);
  }
}
