package io.platform.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run}, {@code exec} and {@code port-forward}. */
@Timeout(120)
final class RunTest {
  private static final int INPUT = 0;
  private static final int OUTPUT = 1;
  private static final int ERRORS = 2;
  private static final int STATUS = 3;
  private static final int STARTED = 6;
  private static final int START = 7;

  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    server.app("shop").put("release", "v3");
    server.type("web", 1);
    server.process("web.1", "up");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ProcessSocketServer running(ProcessSocketServer.Script script) throws IOException {
    var sockets = new ProcessSocketServer(server, script);
    var login = user.login(server);
    assertThat(login.code()).as(login.err()).isZero();
    return sockets;
  }

  private static void end(ProcessSocketServer.Connection connection, int exitCode)
      throws IOException {
    connection.send(STATUS, "{\"exit_code\":" + exitCode + "}");
    connection.read();
  }

  @Test
  void joinsTheStreamsAndExitsAsTheCommandDoes() throws Exception {
    String large = "0123456789ü\n".repeat(20_000);
    try (var sockets =
        running(connection -> {
          String start = connection.read(START);
          connection.send(STARTED, "{\"name\":\"run.4711\",\"release\":\"v3\"}");
          byte[] input = connection.readInput();
          connection.send(ERRORS, start + "\n");
          for (int from = 0; from < input.length; from += 50_000) {
            connection.send(
                OUTPUT, Arrays.copyOfRange(input, from, Math.min(input.length, from + 50_000)));
          }
          end(connection, 42);
        })) {
      var ended =
          user.platformWith(
              large, "run", "-a", "shop", "-e", "A=b=c", "-s", "512M:0.5", "echo", "a b", "-c");

      assertThat(ended.code()).isEqualTo(42);
      assertThat(ended.out()).isEqualTo(large);
      assertThat(ended.err())
          .contains(
              "\"command\":\"echo 'a b' -c\"",
              "\"environment\":{\"A\":\"b=c\"}",
              "\"memory\":\"512M\"",
              "\"cpu\":0.5")
          .doesNotContain("terminal");
      assertThat(sockets.upgrade())
          .startsWith("GET /api/v1/apps/ada/shop/run HTTP/1.1")
          .contains("Authorization: Bearer ");
    }
  }

  @Test
  void runsAShellInAProcessWhereNoCommandIsGiven() throws Exception {
    try (var sockets =
        running(connection -> {
          connection.send(OUTPUT, connection.read(START));
          end(connection, 137);
        })) {
      var ended = user.platform("exec", "-a", "shop", "web.1");

      assertThat(ended.code()).isEqualTo(137);
      assertThat(ended.out()).contains("\"process\":\"web.1\"", "\"command\":\"exec bash\"");
      assertThat(sockets.upgrade()).startsWith("GET /api/v1/apps/ada/shop/exec HTTP/1.1");
    }
  }

  @Test
  void saysWhyACommandWasKilledAndExitsAsItDid() throws Exception {
    try (var sockets =
        running(connection -> {
          connection.read(START);
          connection.send(
              STATUS,
              "{\"exit_code\":137,\"reason\":\"The command was killed: it needed more memory than the 64 MiB that it may have.\"}");
          connection.read();
        })) {
      var ended = user.platform("run", "-a", "shop", "./report");

      assertThat(ended.code()).isEqualTo(137);
      assertThat(ended.err())
          .contains(
              " !     The command was killed: it needed more memory than the 64 MiB that it may have.");
      assertThat(sockets.upgrade()).isNotEmpty();
    }
  }

  @Test
  void saysWhyAProcessDidNotStart() throws Exception {
    try (var sockets =
        running(connection -> {
          connection.read(START);
          connection.send(STATUS, "{\"error\":\"ada/shop has no process web.9.\",\"status\":404}");
          connection.read();
        })) {
      var ended = user.platform("exec", "-a", "shop", "web.9", "ls");

      assertThat(ended.code()).isEqualTo(4);
      assertThat(ended.err()).contains(" !     ada/shop has no process web.9.");
      assertThat(sockets.upgrade()).contains("/exec ");
    }
  }

  @Test
  void saysWhyTheConnectionIsRefused() throws Exception {
    try (var sockets = running(connection -> {})) {
      sockets.refusal =
          "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/problem+json\r\nConnection: close\r\nContent-Length: 50\r\n\r\n"
              + "{\"status\":429,\"detail\":\"You have 20 connections.\"} ";
      var ended = user.platform("run", "-a", "shop", "ls");

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err()).contains("You have 20 connections.");
    }
  }

  @Test
  void saysThatTheConnectionBroke() throws Exception {
    try (var sockets =
        running(connection -> {
          connection.read(START);
          connection.readInput();
          connection.send(OUTPUT, "so far\n");
        })) {
      var ended = user.platform("run", "-a", "shop", "sleep 100");

      assertThat(ended.code()).isEqualTo(5);
      assertThat(ended.out()).isEqualTo("so far\n");
      assertThat(ended.err()).contains("The connection to the process broke.");
      assertThat(sockets.upgrade()).contains("/run ");
    }
  }

  @Test
  void forwardsEachConnectionToAPortOfAProcess() throws Exception {
    int port = FreePort.find();
    try (var sockets =
        running(connection -> {
          String request = connection.read(INPUT);
          connection.send(OUTPUT, "you sent " + request);
          end(connection, 0);
        })) {
      var command =
          Thread.ofVirtual()
              .start(() -> user.platform("port-forward", "-a", "shop", "web.1", port + ":3000"));
      for (int i = 0; i < 2; i++) {
        try (var local = connect(port)) {
          local.getOutputStream().write("ping".getBytes(UTF_8));
          assertThat(local.getInputStream().readAllBytes()).asString().isEqualTo("you sent ping");
        }
        assertThat(sockets.upgrade())
            .startsWith("GET /api/v1/apps/ada/shop/processes/web.1/ports/3000 HTTP/1.1");
      }
      command.interrupt();
      command.join();
    }
  }

  @Test
  void forwardsNothingToAProcessThatIsNotThere() throws Exception {
    server.type("web", 1);
    assertThat(user.login(server).code()).isZero();

    var ended = user.platform("port-forward", "-a", "shop", "web.7", FreePort.find() + ":3000");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(" !     ada/shop has no process web.7. Did you mean \"web.1\"?\n");
    assertThat(ended.out()).isEmpty();
    assertThat(user.platform("port-forward", "-a", "shop", "nothing", "8080").err())
        .contains("ada/shop has no process nothing. It has web.1.");
  }

  private static Socket connect(int port) {
    return await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), port), Socket::isConnected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run                             | Missing required parameter: 'COMMAND'
          run --env FOO ls                | "FOO" is no variable: write --env NAME=VALUE.
          run --size 1G:x ls              | "1G:x" is no size: write 512M, 512M:0.5 or :0.5.
          run --detatch ls                | Did you mean "--detach"?
          exec                            | Missing required parameter: 'PROCESS'
          port-forward web.1              | Missing required parameter: 'LOCAL[:REMOTE]'
          port-forward web.1 x            | "x" are no ports
          port-forward web.1 80:99999     | "80:99999" are no ports
          """)
  void refusesWhatItDoesNotUnderstand(String words, String message) {
    user.login(server);

    var ended = user.platform(words.split(" "));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains(message);
  }
}
