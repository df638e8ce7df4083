package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The help that users read, against golden files ({@code src/test/resources/golden/help}). With
 * {@code -Dplatform.golden=write} the files are written anew.
 */
final class HelpTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/help");

  static Stream<String> commands() {
    return Stream.of(
        "",
        "up",
        "login",
        "logout",
        "whoami",
        "passwd",
        "create",
        "apps",
        "info",
        "open",
        "git:remote",
        "rename",
        "transfer",
        "destroy",
        "builds",
        "builds log",
        "builds cancel",
        "builds cache",
        "builds cache purge",
        "buildpacks",
        "buildpacks set",
        "buildpacks add",
        "buildpacks remove",
        "buildpacks clear",
        "ps",
        "ps scale",
        "ps restart",
        "ps stop",
        "ps resize",
        "logs",
        "run",
        "exec",
        "port-forward",
        "domains",
        "domains add",
        "domains remove",
        "certs",
        "certs add",
        "certs remove",
        "maintenance",
        "maintenance on",
        "maintenance off",
        "events",
        "drains",
        "drains add",
        "drains remove",
        "features",
        "features enable",
        "features disable",
        "rollout",
        "rollout set",
        "releases",
        "rollback",
        "retention",
        "config",
        "config get",
        "config set",
        "config unset",
        "accounts",
        "accounts create",
        "accounts remove",
        "namespaces",
        "namespaces create",
        "namespaces destroy",
        "members",
        "members add",
        "members remove",
        "completion",
        "version");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void readsAsWritten(String command, @TempDir Path home) throws IOException {
    var words =
        Stream.concat(Stream.of(command.split(" ", -1)), Stream.of("--help"))
            .filter(it -> !it.isEmpty());
    var ended = new User(home).platform(words.toArray(String[]::new));

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines()).allMatch(it -> it.length() <= 80);
    assertThat(ended.out())
        .isEqualTo(
            golden(
                command.isEmpty() ? "platform" : command.replace(' ', '-').replace(':', '-'),
                ended.out()));
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

  @ParameterizedTest
  @ValueSource(strings = {"", "destroy", "retention", "config set"})
  void wrapsBetweenWordsAtTheWidthOfTheTerminal(String command, @TempDir Path home)
      throws IOException {
    var user = new User(home);
    var words =
        Stream.concat(Stream.of(command.split(" ", -1)), Stream.of("--help"))
            .filter(it -> !it.isEmpty())
            .toArray(String[]::new);
    var wide = user.platform(words).out();
    user.environment.put("COLUMNS", "60");
    var narrow = user.platform(words).out();
    user.environment.remove("COLUMNS");
    user.interactive = true;
    user.environment.put("NO_COLOR", "1");
    user.width = OptionalInt.of(60);

    assertThat(narrow.lines()).allMatch(it -> it.length() <= 60);
    assertThat(narrow.split("\\s+")).containsExactly(wide.split("\\s+"));
    assertThat(user.platform(words).out()).isEqualTo(narrow);
  }

  @ParameterizedTest
  @CsvSource({
    "creat, create",
    "log, logs",
    "lgos, logs",
    "lgoin, login",
    "Apps, apps",
    "password, passwd",
    "scale, ps scale",
    "ps sclae, scale",
    "builds lgo, log",
    "config sett, set",
    "apps --jsn, --json",
    "builds log --folow, --follow",
    "create x --branhc=main, --branch",
  })
  void aTypoGetsASuggestion(String line, String meant, @TempDir Path home) throws IOException {
    var ended = new User(home).platform(line.split(" ", -1));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains(" !     Did you mean \"" + meant + "\"?\n");
  }

  @Test
  void whatIsLikeNothingGetsNoSuggestion(@TempDir Path home) throws IOException {
    assertThat(new User(home).platform("frobnicate").err()).doesNotContain("Did you mean");
    assertThat(new User(home).platform("apps", "--colour").err()).doesNotContain("Did you mean");
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
