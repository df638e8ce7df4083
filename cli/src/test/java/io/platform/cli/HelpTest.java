package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users read, against golden files ({@code src/test/resources/golden/help}). With {@code
 * -Dplatform.golden=write} the files are written anew.
 */
final class HelpTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/help");

  static Stream<String> verbs() {
    return Stream.of(
        "",
        "up",
        "login",
        "logout",
        "whoami",
        "create",
        "apps",
        "info",
        "open",
        "destroy",
        "builds",
        "builds log",
        "builds cancel",
        "releases",
        "rollback",
        "retention",
        "config",
        "config get",
        "config set",
        "config unset",
        "accounts",
        "accounts create",
        "namespaces",
        "namespaces create",
        "members",
        "members add",
        "members remove",
        "completion",
        "version");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void readsAsWritten(String verb, @TempDir Path home) throws IOException {
    var words =
        Stream.concat(Stream.of(verb.split(" ", -1)), Stream.of("--help"))
            .filter(it -> !it.isEmpty());
    var ended = new User(home).platform(words.toArray(String[]::new));

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines()).allMatch(it -> it.length() <= 100);
    assertThat(ended.out())
        .isEqualTo(golden(verb.isEmpty() ? "platform" : verb.replace(' ', '-'), ended.out()));
  }

  private static String golden(String name, String now) {
    var file = GOLDEN.resolve(name + ".txt");
    try {
      if ("write".equals(System.getProperty("platform.golden"))) {
        Files.createDirectories(GOLDEN);
        Files.writeString(file, now);
      }
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void anUnknownVerbIsAUsageError(@TempDir Path home) throws IOException {
    var ended = new User(home).platform("frobnicate");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith(" !     ")
        .contains("frobnicate")
        .contains("See: platform --help");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void noVerbShowsTheHelp(@TempDir Path home) throws IOException {
    assertThat(new User(home).platform().out()).startsWith("Usage: platform");
  }

  @Test
  void theVersionIsTheProjects(@TempDir Path home) throws IOException {
    var pom = Files.readString(Path.of("pom.xml"));

    assertThat(new User(home).platform("version", "--json").out())
        .contains(
            "\"version\" : \"" + pom.replaceAll("(?s).*?<version>(.*?)</version>.*", "$1") + "\"");
  }

  @Test
  void tellsItsVersion(@TempDir Path home) throws IOException {
    assertThat(new User(home).platform("--version").out())
        .matches("platform \\d\\S* \\(Java \\d+\\)\n");
  }
}
