package io.platform.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.Release;
import io.platform.domain.RolloutEnd.Failed;
import io.platform.domain.port.RunSpec;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as an app sees it, by the output of scripts that try. */
@Timeout(120)
class SandboxIT {
  @TempDir Path data;

  @Test
  void showsNothingOfThePlatformsDataOrOtherDirectories() throws Exception {
    Files.writeString(data.resolve("admin-password"), "secret-of-the-platform");
    assertThat(
            outputOf(
                "cat %s/admin-password; ls %s; ls /home /root /work /opt/* 2>&1 | head -n 9"
                    .formatted(data, data)))
        .noneMatch(line -> line.contains("secret-of-the-platform"))
        .anyMatch(line -> line.contains("admin-password: No such file"));
    assertThat(outputOf("ls / | tr '\\n' ' '"))
        .singleElement()
        .asString()
        .matches("app bin dev etc lib (lib\\w+ )*proc run sbin tmp usr var ");
    assertThat(outputOf("ls /etc/ssl/private /etc/shadow; cut -d: -f1 /etc/passwd | tr '\\n' ' '"))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("/etc/ssl/private", "No such file"),
            line -> assertThat(line).contains("/etc/shadow", "No such file"),
            line -> assertThat(line).isEqualTo("app nobody "));
  }

  @Test
  void letsAnAppWriteItsOwnDirectoriesAndNoOthers() throws Exception {
    String script =
        "for d in / /usr /usr/bin /usr/local /etc /bin /run /var /proc /app /tmp /var/tmp /dev/shm; do "
            + "(echo x > $d/written) 2>/dev/null && echo $d; done";
    assertThat(outputOf(script)).containsExactly("/app", "/tmp", "/var/tmp", "/dev/shm");
    assertThat(outputOf("cd; pwd; stat -c %a:%U /app; id -u; id -un; echo $HOME $TMPDIR"))
        .containsExactly("/app", "755:app", "1000", "app", "/app /tmp");
  }

  @Test
  void showsNoOtherProcessesAndNoToken() throws Exception {
    assertThat(outputOf("ps -e -o comm= | sort | tr '\\n' ' '"))
        .singleElement()
        .asString()
        .matches("((bash|bwrap|ps|sort|tr) )+");
    String search =
        "cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -c -e %s -e PLATFORM_TOKEN -e PLATFORM_URL; env | grep -c -e PLATFORM_TOKEN -e PLATFORM_URL -e PLATFORM_RELEASE="
            .formatted(OneMachine.TOKEN);
    assertThat(outputOf(search)).containsExactly("0", "0");
    assertThat(
            outputOf(
                "found=$(cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'); [[ $found == *\"${TOKEN_A}${TOKEN_B}\"* ]]; echo $?",
                Map.of("TOKEN_A", "the-token-of", "TOKEN_B", "-this-test")))
        .containsExactly("1");
  }

  @Test
  void showsNothingOfWhatStartedIt() throws Exception {
    assertThat(
            outputOf(
                """
                echo "environment: $(tr '\\0' ' ' < /proc/1/environ)"
                echo "arguments: $(tr '\\0\\n' ' ' < /proc/1/cmdline)"
                ls /proc/self/fd | tr '\\n' ' '; echo; ls -l /proc/1/fd | grep -c /
                """))
        .satisfiesExactly(
            environment -> assertThat(environment).isEqualTo("environment: "),
            arguments ->
                assertThat(arguments)
                    .contains("bwrap")
                    .doesNotContain(data.toString(), "work/apps", System.getProperty("user.home")),
            files -> assertThat(files).isEqualTo("0 1 2 3 "),
            filesOfProcess1 -> assertThat(filesOfProcess1).isEqualTo("0"));
  }

  @Test
  void boundsWhatIsPutIntoMemoryThroughFiles() throws Exception {
    assertThat(
            outputOf(
                "(echo x > /dev/written) 2>/dev/null && echo written; stat -f -c '%b %S' /dev/shm; "
                    + "head -c 100000000 /dev/zero > /dev/shm/x; stat -c %s /dev/shm/x"))
        .contains("16384 4096", "67108864")
        .doesNotContain("written");
  }

  @Test
  void hasNoPrivileges() throws Exception {
    assertThat(
            outputOf(
                "grep -h ^Cap /proc/self/status | sort -u -k2 | cut -f2; grep NoNewPrivs /proc/self/status | cut -f2"))
        .containsExactly("0000000000000000", "1");
    assertThat(
            outputOf(
                "kill -0 1 2>&1; mount -t tmpfs x /mnt 2>/dev/null || echo no; chown 0 /app 2>/dev/null || echo no"))
        .containsExactly("no", "no");
  }

  @Test
  void keepsConfigVarsFromChangingWhatRunsOutside() throws Exception {
    Path evil = Files.createTempDirectory("platform-test");
    Path trace = evil.resolve("trace");
    Path script = Files.writeString(evil.resolve("env.sh"), "echo ran > " + trace + "\n");
    assertThat(
            outputOf(
                "echo \"$BASH_ENV|$ODD\"",
                Map.of("BASH_ENV", script.toString(), "ODD", "a b\nc'\"$(id)\\é")))
        .containsExactly(script + "|a b", "c'\"$(id)\\é");
    assertThat(trace).doesNotExist();
    assertThat(outputOf("echo $PORT", Map.of("PORT", "80")))
        .singleElement()
        .asString()
        .matches("2\\d{4}");
  }

  @Test
  void reachesTheNetworkAndKnowsNames() throws Exception {
    assertThat(
            outputOf(
                "getent hosts localhost | wc -l; python3 -c 'import ssl; print(len(ssl.create_default_context().get_ca_certs()) > 0)'"))
        .containsExactly("1", "True");
  }

  @Test
  void runsAProgramOfThePlatformsWithToolsFromElsewhere() throws Exception {
    Path tools = Files.createDirectories(data.resolve("tools/bin"));
    Path script =
        Files.writeString(
            tools.resolve("tool.sh"), "echo \"$0 $1\"; touch \"$0\" || echo read-only; exit 30\n");
    SandboxProgram program =
        new SandboxProgram(
            List.of("/bin/bash", script.toString(), "--at=" + data.resolve("tools")),
            List.of(data.resolve("tools")));
    ProcessSettings settings = OneMachine.settings(data, Isolation.REQUIRED, "exit 0");
    ProcessSettings changed =
        new ProcessSettings(
            data, program, program, Isolation.REQUIRED, settings.builds(), settings.apps());
    try (OneMachine machine = new OneMachine(data, changed)) {
      assertThat(machine.rollOut(machine.release("shop", "x")))
          .isInstanceOfSatisfying(
              Failed.class,
              failed ->
                  assertThat(failed.lastLines())
                      .contains(
                          "/opt/platform/tools/bin/tool.sh --at=/opt/platform/tools", "read-only"));
    }
  }

  @Test
  void saysWhenThereIsNoSandboxAndWhatThatMeans() throws Exception {
    try (OneMachine machine =
        new OneMachine(data, OneMachine.settings(data, Isolation.REQUIRED, ":"))) {
      assertThat(machine.processes.warning()).isEmpty();
    }
    try (OneMachine machine =
        new OneMachine(data, OneMachine.settings(data, Isolation.NONE, ":"))) {
      assertThat(machine.processes.warning().orElseThrow())
          .contains("without a sandbox", "the platform's data", "docs/sandbox.md");
    }
    Path file = Files.writeString(data.resolve("no-directory"), "x");
    assertThatThrownBy(
            () -> new OneMachine(file, OneMachine.settings(file, Isolation.REQUIRED, ":")))
        .isInstanceOf(IOException.class);
  }

  private List<String> outputOf(String script) throws Exception {
    return outputOf(script, Map.of());
  }

  private List<String> outputOf(String script, Map<String, String> vars) throws Exception {
    try (OneMachine machine =
        new OneMachine(data, OneMachine.settings(data, Isolation.REQUIRED, "exit 0"))) {
      RunSpec spec = machine.release("shop", Map.of("web", script), vars, Release.Status.PENDING);
      if (machine.rollOut(spec) instanceof Failed failed) {
        return failed.lastLines();
      }
      throw new AssertionError("the script ended");
    }
  }
}
