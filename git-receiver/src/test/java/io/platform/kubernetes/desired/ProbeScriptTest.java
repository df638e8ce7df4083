package io.platform.kubernetes.desired;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.platform.slug.AppJsonLimits;
import io.platform.slug.AppJsonReader;
import io.platform.slug.HealthCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the command does that a container gets for health checks which are no probe of Kubernetes.
 */
@Timeout(60)
class ProbeScriptTest {
  @TempDir Path directory;

  private HttpServer app;

  @BeforeEach
  void start() throws IOException {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body =
              ("all is well at " + exchange.getRequestHeaders().getFirst("Host")).getBytes(UTF_8);
          exchange.sendResponseHeaders(path.equals("/broken") ? 500 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    app.start();
  }

  @AfterEach
  void stop() {
    app.stop(0);
  }

  @Test
  void asksForContent() throws Exception {
    assertThat(run("{'path': '/', 'content': 'is well'}")).isEqualTo("0 ");
    assertThat(
            run(
                "{'path': '/', 'content': 'well at check.example.com', 'httpHeaders': [{'name': 'Host', 'value': 'check.example.com'}]}"))
        .isEqualTo("0 ");
    assertThat(run("{'path': '/', 'content': 'is ill'}"))
        .isEqualTo("1 the answer does not contain is ill\n");
    assertThat(run("{'path': '/broken', 'content': 'is well'}"))
        .isEqualTo("1 the answer has status 500\n");
  }

  @Test
  void tellsAgainWhatItsChecksAsk() throws Exception {
    List<HealthCheck> checks =
        checks(
            "{'path': '/a?b=c', 'content': 'is well'}",
            "{'path': '/', 'port': 8081}",
            "{'listening': true}",
            "{'listening': true, 'port': 9000}",
            "{'command': ['./alive', '-q', '2']}");
    assertThat(ProbeScript.asked(ProbeScript.command(checks)))
        .isEqualTo(checks.stream().map(HealthCheck::asked).toList());
    assertThat(ProbeScript.asked(List.of("sleep", "10"))).isEmpty();
  }

  @Test
  void allChecksHaveToPass() throws Exception {
    assertThat(run("{'listening': true}", "{'path': '/'}")).isEqualTo("0 ");
    assertThat(run("{'listening': true}", "{'path': '/broken'}"))
        .isEqualTo("1 the answer has status 500\n");
    app.stop(0);
    assertThat(run("{'listening': true}", "{'path': '/'}"))
        .isEqualTo("1 it does not listen on port " + app.getAddress().getPort() + "\n");
  }

  @Test
  void aCommandHasTheAppsEnvironmentWithoutThePlatforms() throws Exception {
    Path seen = directory.resolve("seen");
    Path program =
        Files.writeString(
            directory.resolve("check"),
            "#!/bin/bash\necho \"$COLOR $1 ${PLATFORM_SLUG:-none} ${PLATFORM_VAR_COLOR:-none}\" >%s\nexit 3\n"
                .formatted(seen));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(run("{'command': ['%s', 'two words']}".formatted(program)))
        .isEqualTo("1 it ended with exit code 3\n");
    assertThat(seen).hasContent("red two words none none");
  }

  private static List<HealthCheck> checks(String... checks) throws Exception {
    StringBuilder all = new StringBuilder();
    for (String check : checks) {
      all.append(all.isEmpty() ? "" : ", ")
          .append("{'type': 'startup', ")
          .append(check.substring(1));
    }
    return requireNonNull(
        AppJsonReader.read(
                "{'healthchecks': {'web': [%s]}}".formatted(all).replace('\'', '"').getBytes(UTF_8),
                AppJsonLimits.defaults())
            .used()
            .healthchecks()
            .get("web"));
  }

  private String run(String... checks) throws Exception {
    List<String> command = ProbeScript.command(checks(checks));
    // The app's directory is one of containers alone.
    ProcessBuilder builder =
        new ProcessBuilder(
            command.stream().map(it -> it.replace("/app", directory.toString())).toList());
    builder.environment().put("PORT", Integer.toString(app.getAddress().getPort()));
    builder.environment().put("PLATFORM_VAR_COLOR", "red");
    builder.environment().put("PLATFORM_SLUG", "/slug/slug");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() + " " + output;
  }
}
