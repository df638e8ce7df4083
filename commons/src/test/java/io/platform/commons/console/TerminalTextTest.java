package io.platform.commons.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
  private static final String ESC = "\u001b";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "\ttab",
        "naïve — ✓ 😀",
        "",
        "\u001b[32mgreen\u001b[0m",
        "\u001b[1;38:5:9mx\u001b[m y"
      })
  void leavesTextAndColoursAlone(String text) {
    assertThat(TerminalText.line(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u001b[2Jb", // clears the screen
        "a\u001b[1A\u001b[2Kb", // up, and clears the line
        "a\u001b]0;title\u0007b", // sets the window's title
        "a\u001b]52;c;ZXZpbA==\u001b\\b", // writes the clipboard
        "a\u001b]8;;http://evil.example/\u001b\\b", // a link
        "a\u001bP1$r0m\u001b\\b", // a device control string
        "a\u001b[6nb", // asks for an answer
        "a\u001b(0b",
        "a\u001bcb", // resets the terminal
        "a\bb",
        "a\u0007b",
        "a\u0000b",
        "a\u009b2Jb", // CSI as one character
        "a\u0085b",
        "a\nb",
        "a\u202eb",
        "a\u2066b",
        "a\u2028b",
        "a\u007fb"
      })
  void removesWhatDoesMoreToATerminal(String text) {
    assertThat(TerminalText.line(text)).isIn("ab", "a2Jb");
    assertThat(TerminalText.bare(text)).isIn("ab", "a2Jb");
  }

  @Test
  void endsColoursWithTheirLine() {
    assertThat(TerminalText.line(ESC + "[31mred")).isEqualTo(ESC + "[31mred" + ESC + "[0m");
    assertThat(TerminalText.line(ESC + "[0m" + ESC + "[8mhidden")).endsWith(ESC + "[0m");
    assertThat(TerminalText.bare(ESC + "[31mred")).isEqualTo("red");
  }

  @Test
  void keepsTheLastOfWhatIsWrittenOver() {
    assertThat(TerminalText.line("10%\r20%\r100%")).isEqualTo("100%");
    assertThat(TerminalText.line("10%\rdone\r\r")).isEqualTo("done");
    assertThat(TerminalText.line("\r")).isEmpty();
  }

  @Test
  void showsNamesAsTheyAre() {
    assertThat(TerminalText.inline("a b.txt")).isEqualTo("a b.txt");
    assertThat(TerminalText.inline("a\n-----> Released v9\r\t" + ESC + "[2J\u202e"))
        .isEqualTo("a\\n-----> Released v9\\r\\t\\u001b[2J\\u202e");
  }

  @Test
  void takesNoLongerForLongLines() {
    for (String piece :
        new String[] {ESC + "[", ESC + "]", ESC + "[1", ESC + "[0m", "\r", "\u202e"}) {
      assertThat(TerminalText.line(piece.repeat(100_000))).hasSizeLessThan(500_000);
    }
  }
}
