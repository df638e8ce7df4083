package io.platform.commons.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineFormatTest {
  @Test
  void marksLinesAsHerokuDoes() {
    assertThat(LineFormat.heading("Starting v3")).isEqualTo("-----> Starting v3");
    assertThat(LineFormat.body("1 file")).isEqualTo("       1 file");
    assertThat(LineFormat.error("Push again.")).isEqualTo(" !     Push again.");
  }

  @Test
  void knowsTheLinesOfBuildpacksByTheirMarks() {
    assertThat(LineFormat.isHeading("-----> Node.js app detected")).isTrue();
    assertThat(LineFormat.isHeading("----> Node.js app detected")).isFalse();
    assertThat(LineFormat.isBody("       npm ci")).isTrue();
    assertThat(LineFormat.isBody("      npm ci")).isFalse();
    assertThat(LineFormat.isError(" !     No lock file")).isTrue();
    assertThat(LineFormat.isError(" ! No lock file")).isFalse();
    assertThat(LineFormat.errorText(" !     No lock file")).isEqualTo("No lock file");
  }

  @Test
  void coloursEndWithTheirText() {
    assertThat(LineFormat.bold("v3")).isEqualTo("\u001b[1mv3\u001b[0m");
    assertThat(LineFormat.red("no")).isEqualTo("\u001b[31mno\u001b[0m");
    assertThat(LineFormat.green("yes")).isEqualTo("\u001b[32myes\u001b[0m");
    assertThat(LineFormat.green("yes").replaceAll(LineFormat.COLOUR, "")).isEqualTo("yes");
  }
}
