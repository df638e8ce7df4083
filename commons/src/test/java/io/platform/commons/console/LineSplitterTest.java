package io.platform.commons.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineSplitterTest {
  private static List<String> split(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter = new LineSplitter(lines::add);
    for (byte one : bytes) {
      splitter.accept(new byte[] {one}, 1);
    }
    splitter.end();
    return lines;
  }

  private static List<String> split(String text) {
    return split(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void splitsLines() {
    assertThat(split("a\n\nb\r\nc")).containsExactly("a", "", "b", "c");
  }

  @Test
  void keepsEveryCharacterOfRawLinesAndMarksWhereALongOneIsCut() {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter = LineSplitter.raw(lines::add);
    byte[] text =
        ("10%\r20%\r\n\u001b[2J\u0007\n" + "x".repeat(LineSplitter.MAX_LINE + 1) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    splitter.accept(text, text.length);
    splitter.end();
    assertThat(lines)
        .containsExactly(
            "10%\r20%",
            "\u001b[2J\u0007", "x".repeat(LineSplitter.MAX_LINE) + LineSplitter.CONTINUED, "x");
  }

  @Test
  void keepsTheLastOfAProgressBar() {
    assertThat(split("10%\r50%\r100%\ndone\r\r\n")).containsExactly("100%", "done");
  }

  @Test
  void cutsAnEndlessLineBetweenCharacters() {
    List<String> lines = split("ü".repeat(LineSplitter.MAX_LINE));
    assertThat(lines).hasSize(2).allMatch(line -> !line.contains("\uFFFD"));
    assertThat(split("xü".repeat(LineSplitter.MAX_LINE)))
        .allMatch(line -> !line.contains("\uFFFD"));
  }

  @Test
  void replacesWhatIsNotUtf8() {
    assertThat(split(new byte[] {'a', (byte) 0xff, 'b', '\n'})).containsExactly("a\uFFFDb");
  }

  @Test
  void keepsColoursAndNothingElseOfATerminal() {
    assertThat(
            split("\u001b[1;31mred\u001b[0m \u001b[2K\u001b[1Gx\u001b]0;title\u0007y\tz\u0000\b\n"))
        .containsExactly("\u001b[1;31mred\u001b[0m xy\tz");
  }

  @Test
  void putsTogetherLinesThatComeInPieces() {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter = new LineSplitter(lines::add);
    for (String piece : List.of("one\ntw", "o\r\n\nthr", "ee")) {
      byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
      splitter.accept(bytes, bytes.length);
    }
    splitter.end();
    splitter.end();
    assertThat(lines).containsExactly("one", "two", "", "three");
  }

  @Test
  void cutsALineWithoutEndNearItsLimit() {
    String text = "a" + "é€😀".repeat(3000);
    List<String> lines = split(text);
    assertThat(lines)
        .hasSizeGreaterThan(2)
        .allSatisfy(line -> assertThat(line).doesNotContain("\uFFFD"));
    assertThat(String.join("", lines)).isEqualTo(text);
    assertThat(lines.getFirst().getBytes(StandardCharsets.UTF_8).length)
        .isBetween(LineSplitter.MAX_LINE - 3, LineSplitter.MAX_LINE);
  }

  @Test
  void cutsBytesThatAreNoTextAnywhere() {
    byte[] continuation = new byte[LineSplitter.MAX_LINE + 1];
    Arrays.fill(continuation, (byte) 0x80);
    assertThat(split(continuation)).hasSize(2);
  }
}
