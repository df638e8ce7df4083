package io.platform.git.http.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotGitNameTest {
  private static boolean isForbidden(String name, boolean link) {
    return DotGitName.isForbidden(name.getBytes(StandardCharsets.UTF_8), link);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git",
        ".GIT",
        ".gIt",
        ".g\u200cit",
        "\u200e.git",
        ".git\ufeff",
        "\u206a.G\u202ei\u200dt\u200f",
        ".git ",
        ".git.",
        ".git . .",
        ".git::$INDEX_ALLOCATION",
        ".git:stream",
        ".git. :x",
        "git~1",
        "GIT~1",
        "GIT~1.",
        "git~1::$INDEX_ALLOCATION",
        ".git\\config",
        "a\\.git",
        "a\\b\\GIT~1\\config",
        "\\.git"
      })
  void refusesWhatSomeFileSystemTakesForGit(String name) {
    assertThat(isForbidden(name, false)).isTrue();
    assertThat(isForbidden(name, true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".gitmodules",
        ".GitModules",
        ".git\u200cmodules",
        ".gitmodules ",
        ".gitmodules::$DATA",
        "gitmod~1",
        "GITMOD~4",
        "gi7eba~1",
        "GI7EB~10",
        "gi7e~123",
        "g~123456",
        "~1234567",
        "a\\.gitmodules"
      })
  void refusesTheseAsSymbolicLinksOnly(String name) {
    assertThat(isForbidden(name, true)).isTrue();
    assertThat(isForbidden(name, false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git",
        ".gi",
        ".gitt",
        ".gita",
        ".git-x",
        ".git x",
        ".gitignore",
        ".github",
        "git~2",
        "git~10",
        "xgit~1",
        "gitmod~5",
        "gi7eba~0",
        "gi7eba~",
        "gi7eba~12",
        "gi7ebb~1",
        "~0234567",
        "aux",
        "a:b",
        "com1.txt",
        "trailing ",
        "trailing.",
        "dev-disk-by\\x2dlabel.device",
        "a\\b",
        "\u200c",
        "gıt~1",
        ".gıt"
      })
  void takesAllElse(String name) {
    assertThat(isForbidden(name, true)).isFalse();
  }

  @Test
  void endsNamesWhereTheyAreNotUtf8AsGitDoes() {
    assertThat(DotGitName.isForbidden(new byte[] {'.', 'g', 'i', 't', (byte) 0xff}, false))
        .isTrue();
    assertThat(DotGitName.isForbidden(new byte[] {'.', (byte) 0xff, 'g', 'i', 't'}, false))
        .isFalse();
  }

  @Test
  @Timeout(60)
  void looksOnceAtEachPartOfALongName() {
    String parts = "\\".repeat(4 << 20);
    assertThat(isForbidden(parts, true)).isFalse();
    assertThat(isForbidden(parts + ".git", false)).isTrue();
  }
}
