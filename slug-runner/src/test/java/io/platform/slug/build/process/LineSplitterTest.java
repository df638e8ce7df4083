package io.platform.slug.build.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
}
