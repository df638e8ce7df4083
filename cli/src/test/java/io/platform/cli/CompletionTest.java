package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion scripts in the real shells, where they are installed. */
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

  private static Path installed(String shell) {
    var path = Path.of("/usr/bin/" + shell);
    assumeTrue(Files.isExecutable(path), shell + " is not installed");
    return path;
  }

  private String inBash(String... words) throws Exception {
    var line = String.join(" ", words);
    var program =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; _complete_platform; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(
                script("bash"), line + (line.endsWith(" ") ? " ''" : ""), words.length - 1, line);
    return user.run("", List.of(installed("bash").toString(), "-c", program)).out();
  }

  @Test
  void bashCompletesVerbsAndOptions() throws Exception {
    assertThat(inBash("platform", "des")).contains("destroy");
    assertThat(inBash("platform", "builds", "--fo")).doesNotContain("--follow");
    assertThat(inBash("platform", "builds", "log", "--fo")).contains("--follow");
  }

  @Test
  void fishCompletesVerbsOptionsAndChoices() throws Exception {
    assertThat(inFish("platform de")).startsWith("destroy\tRemove an app");
    assertThat(inFish("platform builds ")).contains("log\t", "cancel\t");
    assertThat(inFish("platform builds ")).doesNotContain("login");
    assertThat(inFish("platform builds log --fo")).startsWith("--follow\t");
    assertThat(inFish("platform completion ")).contains("bash", "zsh", "fish");
    assertThat(inFish("platform members add --role ")).contains("developer");
    assertThat(inFish("platform git")).isEmpty();
  }

  private String inFish(String line) throws Exception {
    var program = "source %s; complete -C '%s'".formatted(script("fish"), line);
    var ended = user.run("", List.of(installed("fish").toString(), "-c", program));
    assertThat(ended.err()).isEmpty();
    return ended.out();
  }

  @Test
  void zshTakesTheScript() throws Exception {
    var program =
        "autoload -U compinit; compinit -u -D; source %s; print ${_comps[platform]}"
            .formatted(script("zsh"));
    var ended = user.run("", List.of(installed("zsh").toString(), "-f", "-c", program));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("_bash_complete");
  }
}
