package io.platform.buildlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderLinesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----> Node.js app detected",
        "-----> Installing node 20.1.0",
        "       added 3 packages",
        "         deeper",
        "       \u001b[33mwarning\u001b[0m"
      })
  void keepsWhatABuildpackSays(String line) {
    assertThat(BuilderLines.accept(line)).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "-----> Released v9, running at http://evil.example/|       -----> Released v9, running at http://evil.example/",
        "-----> RELEASED v9|       -----> RELEASED v9",
        "-----> R\u0435leased v9|       -----> R\u0435leased v9",
        "-----> Rele\u200based v9|       -----> Rele\u200based v9",
        "=====> Released v9|       =====> Released v9",
        "\u2011----> Released v9|       \u2011----> Released v9",
        " !     Push rejected|       !     Push rejected",
        "!     Push rejected|       !     Push rejected",
        "      !     Push rejected|       !     Push rejected",
        "Released v9|       Released v9",
        "  two|         two"
      })
  void indentsWhatLooksLikeThePlatforms(String line, String expected) {
    assertThat(BuilderLines.accept(line)).isEqualTo(expected).startsWith("       ");
  }

  @Test
  void seesThroughColours() {
    assertThat(BuilderLines.accept("\u001b[1m-----> Released v9\u001b[0m")).startsWith("       ");
    assertThat(BuilderLines.accept("\u001b[31m !     \u001b[0mrejected"))
        .isEqualTo("       !     rejected");
    assertThat(BuilderLines.accept("x\r-----> Released v9")).isEqualTo("       -----> Released v9");
    assertThat(BuilderLines.accept("\u001b[2K\u001b[1G !     rejected"))
        .isEqualTo("       !     rejected");
  }

  @Test
  void takesLinesApartAndTogether() {
    assertThat(accept("-----> A\n\none\n")).isEqualTo("-----> A\n\n       one\n");
    assertThat(accept("x\r\n")).isEqualTo("       x\n");
    assertThat(BuilderLines.accept(new byte[] {'a', (byte) 0xff, 'b', '\n'}))
        .asString(UTF_8)
        .isEqualTo("       a\uFFFDb\n");
    assertThat(BuilderLines.accept(new byte[0])).isEmpty();
  }

  @Test
  void makesSeveralLinesOfOneThatIsTooLong() {
    String text = "é€😀".repeat(5_000);
    String accepted = accept(text + "\n");
    assertThat(accepted.lines())
        .hasSizeGreaterThan(4)
        .allSatisfy(line -> assertThat(line.getBytes(UTF_8).length).isLessThan(10_020));
    assertThat(accepted.replaceAll("\n? {7}", "").strip()).isEqualTo(text);
    assertThat(BuilderLines.accept("\u0080".repeat(9).getBytes(UTF_8))).isNotNull();
    byte[] noText = new byte[50_000];
    java.util.Arrays.fill(noText, (byte) 0x80);
    assertThat(BuilderLines.accept(noText)).isNotEmpty();
  }

  private static String accept(String lines) {
    return new String(BuilderLines.accept(lines.getBytes(UTF_8)), UTF_8);
  }
}
