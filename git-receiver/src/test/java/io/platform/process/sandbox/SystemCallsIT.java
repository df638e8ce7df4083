package io.platform.process.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.Release;
import io.platform.domain.RolloutEnd.Failed;
import io.platform.domain.port.RunSpec;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The system calls that an app may and may not make. */
@Timeout(120)
class SystemCallsIT {
  @TempDir Path data;

  @Test
  void refusesWhatContainerRuntimesRefuse() throws Exception {
    Map<String, String> results = new TreeMap<>();
    for (String line : outputOf("cat > try.py <<'END'\n" + script() + "END\npython3 try.py")) {
      results.put(line.split(" ", 2)[0], line.split(" ", 2)[1]);
    }
    assertThat(results)
        .containsEntry("clone3", "ENOSYS")
        .containsEntry("newer", "ENOSYS")
        .containsEntry("newest", "ENOSYS")
        .containsEntry("ask-personality", "ok")
        .containsEntry("socket-vsock", "EAFNOSUPPORT")
        .containsEntry("socket-packet", "EAFNOSUPPORT")
        .containsEntry("socket-alg", "EAFNOSUPPORT")
        .containsEntry("socket-unix", "ok")
        .containsEntry("socket-inet", "ok")
        .containsEntry("socket-inet6", "ok")
        .containsEntry("socket-netlink", "ok");
    if (System.getProperty("os.arch").equals("amd64")) {
      assertThat(results).containsEntry("x32", "ENOSYS").containsEntry("i386", "ENOSYS");
    }
    assertThat(results)
        .hasSizeGreaterThan(40)
        .allSatisfy((name, result) -> {
          if (!result.matches("ok|ENOSYS|EAFNOSUPPORT")) {
            assertThat(result).as(name).isEqualTo("EPERM");
          }
        })
        .containsEntry("mount", "EPERM")
        .containsEntry("ptrace", "EPERM")
        .containsEntry("unshare", "EPERM")
        .containsEntry("clone", "EPERM")
        .containsEntry("put-input-high-bits", "EPERM");
  }

  @Test
  void makesNoUserNamespaceInside() throws Exception {
    assertThat(outputOf("unshare --user true 2>&1 | grep -c 'not permitted'; unshare -Ur id -u"))
        .contains("1")
        .doesNotContain("0");
  }

  @Test
  void runsWhatAppsAreMadeOf() throws Exception {
    assertThat(
            outputOf(
                """
                node -e 'const {Worker} = require("worker_threads"); new Worker("console.log(\\"worker\\")", {eval: true})'
                node -e 'require("fs").promises.writeFile("x", "1").then(() => console.log("file"))'
                python3 -c 'import threading; t = threading.Thread(target=lambda: print("thread")); t.start(); t.join()'
                python3 -c 'import multiprocessing; p = multiprocessing.Process(target=print, args=("fork",)); p.start(); p.join()'
                git init -q r && git -C r -c user.name=a -c user.email=a@b commit -q --allow-empty -m x && git -C r log --format=%s
                python3 -c 'import pty; pty.spawn(["/bin/echo", "terminal"])'
                npm --version >/dev/null && echo npm
                """))
        .map(String::strip)
        .containsExactly("worker", "file", "thread", "fork", "x", "terminal", "npm");
  }

  private static String script() throws Exception {
    try (var in = SystemCallsIT.class.getResourceAsStream("system-calls.py")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<String> outputOf(String script) throws Exception {
    ProcessSettings settings = OneMachine.settings(data, Isolation.REQUIRED, "exit 0");
    ProcessSettings.Apps apps = settings.apps();
    ProcessSettings longer =
        settings.with(
            new ProcessSettings.Apps(
                apps.boot(),
                apps.steady(),
                apps.drain(),
                apps.grace(),
                apps.restarts(),
                apps.ports(),
                new ProcessSettings.Logs(8 << 20, Duration.ofDays(1), 100),
                apps.limits(),
                apps.starts()));
    try (OneMachine machine = new OneMachine(data, longer)) {
      RunSpec spec =
          machine.release("shop", Map.of("web", script), Map.of(), Release.Status.PENDING);
      if (machine.rollOut(spec) instanceof Failed failed) {
        return failed.lastLines();
      }
      throw new AssertionError("the script goes on");
    }
  }
}
