package io.platform.slug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The runner's waiting shell in a sandbox with a process namespace, stopped as `platform up` stops
 * apps.
 */
@Timeout(60)
final class WaitIT {
  private static final String SERVER =
      """
      const keep = setInterval(() => {}, 1000);
      let terms = 0;
      process.on('SIGTERM', () => {
        terms++;
        clearInterval(keep);
        setTimeout(() => { console.log('finished after ' + terms + ' TERM'); process.exit(0); }, 300);
      });
      console.log('ready');
      """;

  @TempDir Path app;

  @BeforeEach
  void writeTheApp() throws IOException {
    Files.writeString(app.resolve("x.js"), SERVER, StandardCharsets.UTF_8);
    Files.writeString(
        app.resolve("package.json"),
        "{\"scripts\":{\"start\":\"node x.js\"}}",
        StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"node x.js", "npm start", "node x.js & wait", "exec node x.js", "node x.js; true"})
  void letsNodeFinish(String command) throws Exception {
    String script = resource("profile.sh") + resource("wait.sh");
    List<String> line =
        List.of(
            "bwrap",
            "--bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            "--unshare-pid",
            "--die-with-parent",
            "--",
            "bash",
            "-c",
            script,
            "bash",
            command);
    Path output = Files.createTempFile("wait", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("HOME", app.toString());
    builder.directory(app.toFile());
    Process sandbox = builder.start();
    try {
      await()
          .pollInterval(Duration.ofMillis(10))
          .atMost(Duration.ofMinutes(1))
          .until(() -> !sandbox.isAlive() || text(output).contains("ready"));
      // All but the outermost, which is not in the namespace, get the one TERM.
      ProcessHandle inner = sandbox.children().findFirst().orElseThrow();
      inner.descendants().forEach(ProcessHandle::destroy);
      assertThat(sandbox.waitFor(20, TimeUnit.SECONDS)).as(text(output)).isTrue();
      assertThat(text(output)).contains("finished after 1 TERM");
    } finally {
      sandbox.destroyForcibly();
      Files.delete(output);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static String resource(String name) throws IOException {
    try (var in = WaitIT.class.getResourceAsStream("/runner/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
