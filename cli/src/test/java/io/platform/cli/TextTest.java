package io.platform.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.cli.User.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text from the bytes that a shell hands to the {@code platform} script to the server and back, in
 * every locale, and its colours: the real script and a JVM of its own for each command.
 */
final class TextTest {
  private static final String VALUE = "Grüße an 北京 🎉";

  private User user;
  private FakePlatform server;
  private Path checkout;

  @BeforeEach
  void layOut(@TempDir Path directory) throws IOException {
    user = new User(directory.toRealPath().resolve("Häuschen"));
    server = new FakePlatform();
    server.app("shop").put("release", "v1");
    checkout = Files.createDirectories(user.home.resolve("Überprüfung"));
    for (var source : List.of("commons/src/main", "cli/src/main", "cli/src/build")) {
      Files.createDirectories(checkout.resolve(source));
    }
    Files.createFile(checkout.resolve("commons/pom.xml"));
    Files.createFile(checkout.resolve("cli/pom.xml"));
    Files.createFile(checkout.resolve("pom.xml"));
    Files.createDirectories(checkout.resolve("cli/target"));
    var jdk = jdk(checkout.resolve("jdk"));
    age(checkout);
    Files.createFile(checkout.resolve("cli/target/built"));
    Files.createFile(checkout.resolve("cli/target/platform-cli.jar"));
    executable(checkout.resolve("platform"), Files.readString(Path.of("../platform")));
    user.environment.put("PLATFORM_JAVA_HOME", jdk.toString());
    user.environment.put("PATH", System.getenv("PATH"));
    user.environment.remove("PLATFORM_COMMAND");
    user.now = Instant.now();
    assertThat(user.login(server).code()).isZero();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The JDK of this test with the classes of this test. */
  private static Path jdk(Path home) throws IOException {
    executable(
        home.resolve("bin/java"),
        """
        #!/bin/bash
        words=()
        for word in "$@"; do
          case $word in
            -XX:AOTCacheOutput=*) exit 1 ;;
            */platform-cli.jar) words+=('%s') ;;
            *) words+=("$word") ;;
          esac
        done
        exec '%s/bin/java' "${words[@]}"
        """
            .formatted(System.getProperty("java.class.path"), System.getProperty("java.home")));
    executable(home.resolve("bin/javac"), "#!/bin/bash\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n");
    return home;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void age(Path tree) throws IOException {
    try (var paths = Files.walk(tree)) {
      for (var path : paths.toList()) {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(3600)));
      }
    }
  }

  /** A line of the shell, read from a file as bytes, so that this JVM's own locale has no part. */
  private Ended shell(Map<String, String> locale, byte[] line) throws Exception {
    var script = user.home.resolve("line.sh");
    Files.write(script, line);
    var command = new ArrayList<>(List.of("env", "-i"));
    user.environment.forEach((name, value) -> command.add(name + "=" + value));
    locale.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(List.of("bash", script.toString()));
    return user.run("", command);
  }

  private Ended shell(Map<String, String> locale, String line) throws Exception {
    return shell(
        locale, ("platform() { \"$HOME/Überprüfung/platform\" \"$@\"; }\n" + line).getBytes(UTF_8));
  }

  private String stored(String name) {
    return requireNonNull(server.config.get("ada/shop")).path(name).asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX", "en_US.ISO-8859-1", "C.UTF-8"})
  void argumentsArriveAsTheyWereGivenAndComeBack(String locale) throws Exception {
    var environment = locale.isEmpty() ? Map.<String, String>of() : Map.of("LC_ALL", locale);

    var set = shell(environment, "platform config set 'GREETING=" + VALUE + "' -a shop");
    var get = shell(environment, "platform config get GREETING -a shop");

    assertThat(set.code()).as(set.err()).isZero();
    assertThat(stored("GREETING")).isEqualTo(VALUE);
    assertThat(get.out()).isEqualTo(VALUE + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void anArgumentThatIsNotUtf8IsRefusedAndNothingIsLost(String locale) throws Exception {
    shell(Map.of("LC_ALL", locale), "platform config set A=before -a shop");

    var ended =
        shell(
            Map.of("LC_ALL", locale),
            "\"$HOME\"/*/platform config set A=Grüße -a shop".getBytes(ISO_8859_1));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains(" !     Argument 3 is not valid UTF-8: $'A=Gr\\374");
    assertThat(stored("A")).isEqualTo("before");
  }

  /** script(1) runs a command on a terminal of its own, and writes what it shows. */
  @Test
  void coloursGoToATerminalWhateverTheInputIsAndToNothingElse() throws Exception {
    var setting = "platform config set A=1 -a shop </dev/null";
    var failing = "platform no-such-command </dev/null";

    assertThat(onTerminal(setting)).contains("\033[1m-----> ");
    assertThat(onTerminal("NO_COLOR=1 " + setting)).contains("-----> ").doesNotContain("\033");
    assertThat(onTerminal(setting + " | cat")).contains("-----> ").doesNotContain("\033");
    assertThat(onTerminal(failing + " >out")).contains("\033[31m !     There is no command");
    assertThat(onTerminal(failing + " 2>err; cat err"))
        .contains(" !     There is no command")
        .doesNotContain("\033");
  }

  private String onTerminal(String line) throws Exception {
    Files.writeString(
        user.home.resolve("terminal.sh"),
        "platform() { \"$HOME/Überprüfung/platform\" \"$@\"; }\n" + line);
    var ended =
        shell(
            Map.of("LC_ALL", "C.UTF-8", "TERM", "xterm"),
            "script -qec 'bash \"$HOME/terminal.sh\"' /dev/null");
    return ended.out();
  }

  @Test
  void surrogatesAndOverlongFormsAreNotUtf8() throws Exception {
    for (var bytes :
        List.of("\\xed\\xa0\\x80", "\\xc0\\xaf", "\\xf4\\x90\\x80\\x80", "\\xe2\\x82")) {
      assertThat(shell(Map.of(), "platform apps $'" + bytes + "'").err())
          .contains("not valid UTF-8");
    }
    assertThat(shell(Map.of(), "platform config set $'A=\\xef\\xbf\\xbd' -a shop").code()).isZero();
    assertThat(stored("A")).isEqualTo("\uFFFD");
  }

  @Test
  void theStandardInputIsUtf8OrRefused() throws Exception {
    var right = "platform accounts create bob@example.com --password-stdin";

    assertThat(shell(Map.of("LC_ALL", "C"), "printf 'Pässwörter' | " + right).code()).isZero();
    assertThat(server.passwords).containsExactly("Pässwörter");
    var wrong = shell(Map.of("LC_ALL", "C"), "printf 'P\\xe4ss' | " + right);
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("The standard input is not valid UTF-8; nothing was done.");
    assertThat(server.passwords).hasSize(1);
  }

  @Test
  void aVariableOfTheEnvironmentIsUtf8OrRefused() throws Exception {
    var ended = shell(Map.of("LC_ALL", "C"), "XDG_CONFIG_HOME=$'/tmp/\\xfc' platform apps");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("XDG_CONFIG_HOME is not valid UTF-8");
  }

  @Test
  void gitRunsInTheUsersOwnLocale() throws Exception {
    executable(
        user.home.resolve("bin/git"),
        "#!/bin/bash\necho \"${LC_ALL-none} ${PLATFORM_LC_ALL-none}\" >> \"$HOME/locale\"\n");
    var line = "PATH=\"$HOME/bin:$PATH\" platform info";

    shell(Map.of("LC_ALL", "POSIX"), line);
    shell(Map.of("LANG", "C"), line);

    assertThat(Files.readAllLines(user.home.resolve("locale")))
        .containsExactly("POSIX none", "none none");
  }

  @Test
  void aDirectoryWhoseNameIsNotUtf8IsOneToStandIn() throws Exception {
    var ended =
        shell(
            Map.of("LC_ALL", "C"),
            "mkdir -p $'x\\xfc' && cd $'x\\xfc' && git init -q . && git remote add platform "
                + server.url()
                + "/ada/shop.git && platform info --json");

    assertThat(ended.code()).as(ended.err()).isZero();
  }
}
