package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The completion scripts in the real shells that are installed; in CI that has to be all of them.
 */
final class CompletionTest {
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws IOException {
    user = new User(home);
  }

  private Path script(String shell) throws IOException {
    return Files.writeString(
        user.home.resolve("completion." + shell), user.platform("completion", shell).out());
  }

  private static Stream<String> installed(String shell) {
    return Stream.of("/usr/bin/" + shell)
        .filter(path -> "true".equals(System.getenv("CI")) || Files.isExecutable(Path.of(path)));
  }

  static Stream<String> bash() {
    return installed("bash");
  }

  static Stream<String> zsh() {
    return installed("zsh");
  }

  static Stream<String> fish() {
    return installed("fish");
  }

  private String inBash(String bash, String... words) throws Exception {
    var line = String.join(" ", words);
    var program =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; _complete_platform; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(
                script("bash"), line + (line.endsWith(" ") ? " ''" : ""), words.length - 1, line);
    return user.run("", List.of(bash, "-c", program)).out();
  }

  @ParameterizedTest(allowZeroInvocations = true, name = "{0}")
  @MethodSource("bash")
  void bashCompletesVerbsAndOptions(String bash) throws Exception {
    assertThat(inBash(bash, "platform", "des")).contains("destroy");
    assertThat(inBash(bash, "platform", "builds", "--fo")).doesNotContain("--follow");
    assertThat(inBash(bash, "platform", "builds", "log", "--fo")).contains("--follow");
  }

  /** A program of this name that knows an app, and says what it was asked. */
  private void serverKnowsProcesses() throws IOException {
    var program = Files.createDirectories(user.home.resolve("bin")).resolve("platform");
    Files.writeString(
        program,
        "#!/bin/sh\ncase \"$*\" in\n'ps --names -a shop') printf 'web\\nworker\\nweb.1\\nworker.1\\n' ;;\n'domains --names -a shop') printf 'www.example.net\\nweb.example.net\\n' ;;\n'certs --names -a shop') echo www.example.net ;;\n'features --names -a shop') echo force-https ;;\nesac\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    user.environment.put("PATH", program.getParent() + ":/usr/bin:/bin");
  }

  @ParameterizedTest(allowZeroInvocations = true, name = "{0}")
  @MethodSource("bash")
  void bashCompletesDomainsCertificatesAndFeatures(String bash) throws Exception {
    serverKnowsProcesses();
    assertThat(inBash(bash, "platform", "domains", "remove", "-a", "shop", "w"))
        .isEqualTo("www.example.net\nweb.example.net\n");
    assertThat(inBash(bash, "platform", "certs", "add", "-a", "shop", "--domain", "we"))
        .isEqualTo("web.example.net\n");
    assertThat(inBash(bash, "platform", "certs", "remove", "-a", "shop", "w"))
        .isEqualTo("www.example.net\n");
    assertThat(inBash(bash, "platform", "features", "enable", "-a", "shop", "f"))
        .isEqualTo("force-https\n");
  }

  @ParameterizedTest(allowZeroInvocations = true, name = "{0}")
  @MethodSource("bash")
  void bashCompletesTheAppsProcesses(String bash) throws Exception {
    serverKnowsProcesses();
    assertThat(inBash(bash, "platform", "ps", "restart", "-a", "shop", "w"))
        .isEqualTo("web\nworker\nweb.1\nworker.1\n");
    assertThat(inBash(bash, "platform", "ps", "scale", "-a", "shop", "w"))
        .isEqualTo("web\nworker\n");
    assertThat(inBash(bash, "platform", "ps", "scale", "-a", "other", "w")).isBlank();
  }

  @ParameterizedTest(allowZeroInvocations = true, name = "{0}")
  @MethodSource("fish")
  void fishCompletesTheAppsProcesses(String fish) throws Exception {
    serverKnowsProcesses();
    assertThat(inFish(fish, "platform ps stop -a shop web"))
        .contains("web.1")
        .doesNotContain("worker");
    assertThat(inFish(fish, "platform ps scale -a shop w")).doesNotContain("web.1");
  }

  @ParameterizedTest(allowZeroInvocations = true, name = "{0}")
  @MethodSource("fish")
  void fishCompletesVerbsOptionsAndChoices(String fish) throws Exception {
    assertThat(inFish(fish, "platform de")).startsWith("destroy\tRemove an app");
    assertThat(inFish(fish, "platform builds ")).contains("log\t", "cancel\t");
    assertThat(inFish(fish, "platform builds ")).doesNotContain("login");
    assertThat(inFish(fish, "platform builds log --fo")).startsWith("--follow\t");
    assertThat(inFish(fish, "platform completion ")).contains("bash", "zsh", "fish");
    assertThat(inFish(fish, "platform members add --role ")).contains("developer");
    assertThat(inFish(fish, "platform git-")).isEmpty();
  }

  private String inFish(String fish, String line) throws Exception {
    var program = "source %s; complete -C '%s'".formatted(script("fish"), line);
    var ended = user.run("", List.of(fish, "-c", program));
    assertThat(ended.err()).isEmpty();
    return ended.out();
  }

  @ParameterizedTest(allowZeroInvocations = true, name = "{0}")
  @MethodSource("zsh")
  void zshTakesTheScript(String zsh) throws Exception {
    var program =
        "autoload -U compinit; compinit -u -D; source %s; print ${_comps[platform]}"
            .formatted(script("zsh"));
    var ended = user.run("", List.of(zsh, "-f", "-c", program));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("_bash_complete");
  }
}
