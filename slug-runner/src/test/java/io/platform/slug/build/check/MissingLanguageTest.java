package io.platform.slug.build.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MissingLanguageTest {
  private static final String COMMENTS = "# none\n\n".repeat(20_000);

  @TempDir Path tree;

  @Test
  void findsTheDependenciesOfPythonBehindAnyNumberOfComments() throws IOException {
    assertThat(needs("Pipfile", "[packages]\n" + COMMENTS + "flask = \"*\"\n")).isTrue();
    assertThat(needs("Pipfile", "[packages]\n" + COMMENTS + "[dev-packages]\nx = 1\n")).isFalse();
    assertThat(needs("pyproject.toml", "[project]\ndependencies = [\n" + COMMENTS + "'flask']\n"))
        .isTrue();
    assertThat(needs("pyproject.toml", "[project]\ndependencies = [\n" + COMMENTS + "]\n"))
        .isFalse();
  }

  @Test
  void knowsAnEnvironmentOfConda() throws IOException {
    String file = "name: app\nchannels:\n  - conda-forge\ndependencies:\n  - numpy\n";
    assertThat(needs("environment.yml", file)).isTrue();
    assertThat(needs("environment.yaml", file)).isTrue();
    assertThat(needs("environment.yml", "production:\n  url: https://example.com\n")).isFalse();
  }

  private boolean needs(String name, String text) throws IOException {
    Path file = Files.writeString(tree.resolve(name), text);
    try {
      return !MissingLanguage.find(tree, "", List.of()).isEmpty();
    } finally {
      Files.delete(file);
    }
  }
}
