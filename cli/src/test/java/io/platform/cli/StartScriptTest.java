package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@code platform} script, in a checkout whose JDK and Maven are scripts that note how they
 * were called.
 */
final class StartScriptTest {
  private static final String TOOLS = "/usr/bin:/bin";

  private Path root;
  private Path checkout;
  private Path jdk;
  private Path maven;
  private final Map<String, String> environment = new HashMap<>();

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void layOut(@TempDir Path directory) throws IOException {
    root = directory.toRealPath();
    checkout = root.resolve("a check out");
    for (var module : List.of("commons", "cli", "slug-runner", "auth-server", "git-receiver")) {
      write(checkout.resolve(module + "/src/main/Source.java"), "");
      write(checkout.resolve(module + "/pom.xml"), "");
    }
    write(checkout.resolve("cli/src/build/Tool.java"), "");
    write(checkout.resolve("pom.xml"), "");
    age(checkout);
    script(checkout.resolve("platform"), Files.readString(Path.of("../platform")));
    jdk = jdk(root.resolve("jdk"), "25.0.3");
    maven = root.resolve("maven");
    script(
        maven.resolve("mvn"),
        """
        #!/bin/bash
        echo "$@" >> "%1$s/mvn.calls"
        [ ! -e "%1$s/broken" ] || { echo "[ERROR] Source.java:[1,1] boom"; exit 1; }
        mkdir -p cli/target git-receiver/target/lib
        sleep "${MAVEN_TAKES:-0}"
        touch cli/target/platform-cli.jar git-receiver/target/git-receiver.jar
        echo noise
        """
            .formatted(root));
    environment.put("HOME", root.resolve("home").toString());
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", maven + ":" + TOOLS);
  }

  /** A java that makes caches when it is asked to, and otherwise tells its arguments. */
  private Path jdk(Path home, String version) throws IOException {
    script(
        home.resolve("bin/java"),
        """
        #!/bin/bash
        for word in "$@"; do
          case $word in
            -XX:AOTCacheOutput=*)
              [ ! -e "%s/untrainable" ] || { echo "no training"; exit 1; }
              echo cache > "${word#*=}"; exit 0 ;;
          esac
        done
        echo "java at ${0%%/bin/java}"
        printf '<%%s>\\n' "$@" "command=${PLATFORM_COMMAND-}" "locale=${LC_ALL-} was ${PLATFORM_LC_ALL-unset}"
        exit "${JAVA_ENDS:-0}"
        """
            .formatted(root));
    script(home.resolve("bin/javac"), "#!/bin/bash\n");
    write(home.resolve("release"), "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void script(Path file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void age(Path tree) throws IOException {
    try (var paths = Files.walk(tree)) {
      for (var path : paths.toList()) {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(3600)));
      }
    }
  }

  private Process start(Path directory, String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Ended run(Path directory, String... command) throws Exception {
    var process = start(directory, command);
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  private Ended platform(String... words) throws Exception {
    var command = new ArrayList<>(List.of(checkout.resolve("platform").toString()));
    command.addAll(List.of(words));
    return run(root, command.toArray(String[]::new));
  }

  private List<String> mavenCalls() throws IOException {
    var calls = root.resolve("mvn.calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  @Test
  void buildsOnceAndThenOnlyWhatChanged() throws Exception {
    assertThat(platform("apps").code()).isZero();
    assertThat(platform("apps").err()).isEmpty();
    assertThat(mavenCalls()).singleElement().asString().contains("-pl cli ").endsWith("package");

    write(checkout.resolve("cli/src/main/Added.java"), "");
    platform("apps");
    assertThat(mavenCalls()).hasSize(2);

    age(checkout.resolve("cli/src"));
    Files.delete(checkout.resolve("cli/src/main/Added.java"));
    platform("apps");
    assertThat(mavenCalls()).hasSize(3);

    write(checkout.resolve("git-receiver/src/main/Other.java"), "");
    platform("apps");
    assertThat(mavenCalls()).as("the CLI does not care for the server's sources").hasSize(3);
  }

  @Test
  void saysNothingOnStandardOutputWhileBuilding() throws Exception {
    var ended = platform("git-credential", "get");

    assertThat(ended.out()).startsWith("java at " + jdk).doesNotContain("noise");
    assertThat(ended.err()).startsWith("Building the platform command").doesNotContain("noise");
  }

  @Test
  void startsTheCliWithItsCacheAndTellsItItsOwnPath() throws Exception {
    var ended = platform("config", "set", "A=b c", "");

    assertThat(ended.out())
        .contains("<-XX:AOTCache=" + checkout.resolve("cli/target/platform-cli.online.aot") + ">")
        .contains("<io.platform.cli.PlatformCli>\n<config>\n<set>\n<A=b c>\n<>\n")
        .contains("<command=" + checkout.resolve("platform") + ">");
  }

  @Test
  void upStartsTheServer() throws Exception {
    environment.put("PLATFORM_JAVA_OPTS", "-Xmx512m -XX:+UseZGC");
    var ended = platform("up", "--port", "8081");

    assertThat(ended.out())
        .contains(
            "<-Xmx512m>", "<--enable-native-access=ALL-UNNAMED>", "<-XX:+ExitOnOutOfMemoryError>")
        .contains(
            "<-Dplatform.home=" + checkout + ">",
            "<-Dplatform.command=" + checkout.resolve("platform") + ">")
        .contains("<io.platform.local.PlatformMain>\n<--port>\n<8081>\n")
        .doesNotContain("SerialGC")
        .containsPattern("<-Xmx(25[6-9]|2[6-9][0-9]|[3-9][0-9][0-9]|10[01][0-9]|102[0-4])m>");
    assertThat(mavenCalls()).singleElement().asString().contains("-pl git-receiver,cli ");
    platform("up");
    platform("apps");
    assertThat(mavenCalls()).hasSize(1);
  }

  @Test
  void theServerRunsInAUtf8LocaleWhateverTheUsersIs() throws Exception {
    environment.put("LC_ALL", "POSIX");

    assertThat(platform("up", "--data", "/srv/Überall").out())
        .contains("<--data>\n</srv/Überall>\n", "<locale=C.UTF-8 was unset>");
  }

  @Test
  void handsOnTheExitCode() throws Exception {
    environment.put("JAVA_ENDS", "6");

    assertThat(platform("create", "x").code()).isEqualTo(6);
  }

  @Test
  void worksThroughSymbolicLinksAndFromAnywhere() throws Exception {
    var bin = Files.createDirectories(root.resolve("home/bin"));
    Files.createSymbolicLink(bin.resolve("p"), Path.of("../../a check out/platform"));
    Files.createSymbolicLink(bin.resolve("platform"), Path.of("p"));
    environment.put("PATH", bin + ":" + maven + ":" + TOOLS);
    var expected = "<command=" + checkout.resolve("platform") + ">";

    assertThat(run(Path.of("/"), "/bin/bash", "-c", "platform version").out()).contains(expected);
    assertThat(run(bin, "./platform").out()).contains(expected);
    assertThat(run(checkout, "bash", "platform").out()).contains(expected);
    assertThat(run(checkout.resolve("cli"), "../platform").out()).contains(expected);
  }

  @Test
  void showsWhyTheBuildFailed() throws Exception {
    write(root.resolve("broken"), "");
    var ended = platform("apps");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("[ERROR] Source.java:[1,1] boom")
        .contains(" !     Platform could not be built");
    Files.delete(root.resolve("broken"));
    assertThat(platform("apps").code()).isZero();
  }

  @Test
  void makesTheCacheOfAFormerJarAgainAndUsesNoOther() throws Exception {
    platform("apps");
    var jar = checkout.resolve("cli/target/platform-cli.jar");
    var cache = checkout.resolve("cli/target/platform-cli.online.aot");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));

    assertThat(platform("apps").out()).contains("AOTCache=");
    assertThat(Files.getLastModifiedTime(cache)).isGreaterThan(Files.getLastModifiedTime(jar));

    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(platform("apps").out())
        .contains("io.platform.cli.PlatformCli")
        .doesNotContain("AOTCache=");
  }

  @Test
  void aFailedTrainingRunIsOnlyAWarning() throws Exception {
    write(root.resolve("untrainable"), "");
    var ended = platform("apps");

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("Warning: no AOT cache for the platform command");
    assertThat(ended.out()).doesNotContain("AOTCache=");
    assertThat(platform("apps").err()).isEmpty();
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    environment.put("MAVEN_TAKES", "1");
    var first = start(root, checkout.resolve("platform").toString(), "apps");
    var second = start(root, checkout.resolve("platform").toString(), "apps");

    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(mavenCalls()).hasSize(1);
  }

  @Test
  void twoAtOnceBuildOnceAlsoWithoutFlock() throws Exception {
    hideFlock();
    environment.put("MAVEN_TAKES", "1");
    Files.createDirectories(checkout.resolve("target"));
    Files.createSymbolicLink(checkout.resolve("target/platform.lock.pid"), Path.of("999999999"));
    var first = start(root, checkout.resolve("platform").toString(), "apps");
    var second = start(root, checkout.resolve("platform").toString(), "apps");

    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(mavenCalls()).hasSize(1);
    assertThat(Files.isSymbolicLink(checkout.resolve("target/platform.lock.pid"))).isFalse();
  }

  /** A PATH that has what the script needs, and no flock and no Maven. */
  private void hideFlock() throws IOException {
    for (var tool :
        List.of(
            "bash",
            "find",
            "mkdir",
            "mv",
            "rm",
            "ln",
            "readlink",
            "sleep",
            "sed",
            "grep",
            "touch")) {
      script(root.resolve("tools/" + tool), "#!/bin/bash\nexec /bin/" + tool + " \"$@\"\n");
    }
    environment.put("PATH", maven + ":" + root.resolve("tools"));
  }

  @Test
  void takesTheFirstJdkThatIsNewEnough() throws Exception {
    var old = jdk(root.resolve("old"), "17.0.15");
    environment.put("JAVA_HOME", old.toString());
    environment.put("JAVA_25_HOME", jdk.toString());
    assertThat(platform("apps").out()).startsWith("java at " + jdk);

    var newer = jdk(root.resolve("home/.sdkman/candidates/java/26-tem"), "26-ea");
    environment.put("PLATFORM_JAVA_HOME", newer.toString());
    assertThat(platform("apps").out()).startsWith("java at " + newer);

    environment.put("PLATFORM_JAVA_HOME", old.toString());
    var ended = platform("apps");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("PLATFORM_JAVA_HOME is " + old);
  }

  @Test
  void saysThatMavenIsMissing() throws Exception {
    hideFlock();
    environment.put("PATH", root.resolve("tools").toString());
    var ended = platform("apps");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("needs Maven").contains("no mvn on the PATH");
  }
}
