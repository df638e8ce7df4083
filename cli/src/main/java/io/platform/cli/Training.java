package io.platform.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.platform.cli.client.Login;
import io.platform.cli.client.Logins;
import io.platform.cli.client.ServerUrl;
import io.platform.cli.command.Platform;
import io.platform.cli.command.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The training run of the AOT cache: runs the verbs that people run, against a server of its own
 * with made-up answers. It touches nothing of the user's: its home is a temporary directory.
 */
public final class Training {
  private static final String APP =
      """
      {"name":"shop","namespace":"acme","url":"http://shop-acme.localhost","git_url":"http://localhost/acme/shop.git",
       "branch":"main","release":"v3","status":"running","created_at":"2026-01-02T03:04:05Z"}\
      """;
  private static final String BUILD =
      """
      {"id":"b1","status":"succeeded","commit":"0123456789abcdef","ref":"refs/heads/main","pusher":"a@b.c","release":"v3",
       "message":null,"outcome":"deployed","created_at":"2026-01-02T03:04:05Z","settled_at":"2026-01-02T03:04:05Z"}\
      """;
  private static final String RELEASE =
      """
      {"version":"v3","status":"live","current":true,"description":"Deploy 0123456","user":"a@b.c","message":null,
       "created_at":"2026-01-02T03:04:05Z"}\
      """;
  private static final String ME =
      """
      {"email":"a@b.c","subject":"1","namespace":"acme","namespaces":[{"name":"acme","role":"owner"}]}\
      """;
  private static final String ON_APP = "/api/v1/apps/acme/shop";

  private static final Map<String, String> ANSWERS =
      Map.ofEntries(
          Map.entry("/api/v1/me", ME),
          Map.entry("/api/v1/apps", "[" + APP + "]"),
          Map.entry(ON_APP, APP),
          Map.entry(ON_APP + "/builds", "[" + BUILD + "]"),
          Map.entry(ON_APP + "/builds/latest", BUILD),
          Map.entry(ON_APP + "/builds/b1", BUILD),
          Map.entry(ON_APP + "/builds/b1/log", "-----> Node.js\n       npm ci\n"),
          Map.entry(ON_APP + "/releases", "[" + RELEASE + "]"),
          Map.entry(ON_APP + "/releases/v3", RELEASE),
          Map.entry(ON_APP + "/config", "{\"config\":{\"A\":\"1\"},\"release\":" + RELEASE + "}"));

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    var home = Files.createTempDirectory("platform-training");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      server.createContext("/", Training::answer);
      server.start();
      run(home, new ServerUrl("http", "127.0.0.1", server.getAddress().getPort()));
    } finally {
      server.stop(0);
      remove(home);
    }
  }

  private static void run(Path home, ServerUrl server) throws IOException {
    var now = Clock.systemUTC().instant();
    var issuer = URI.create(server.toString());
    new Logins(home.resolve("platform"))
        .save(
            new Login(
                server,
                issuer,
                Optional.empty(),
                "a@b.c",
                "acme",
                "token",
                now.plus(Duration.ofDays(1))));
    run(home, "", "--help");
    run(home, "", "version");
    run(home, "", "apps");
    run(home, "", "apps", "--json");
    run(home, "", "whoami");
    run(home, "", "info", "-a", "shop");
    run(home, "", "builds", "-a", "shop");
    run(home, "", "builds", "log", "-a", "acme/shop", "--follow");
    run(home, "", "releases", "-a", "shop");
    run(home, "", "config", "-a", "shop");
    run(home, "", "config", "set", "A=1", "-a", "shop");
    run(home, "", "info");
    run(home, "", "login", "--help");
    run(home, "", "nothing");
    run(home, "protocol=http\nhost=127.0.0.1:" + server.port() + "\n\n", "git-credential", "get");
  }

  private static void run(Path home, String input, String... words) {
    var real = PlatformCli.surroundings();
    if (real.terminal().isInteractive()) {
      throw new IllegalStateException("a training run has no terminal");
    }
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var environment = Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", home.toString());
    Platform.run(
        new Surroundings(
            environment::get,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            nowhere,
            nowhere,
            home,
            real.terminal(),
            real.clock()),
        words);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body =
          ANSWERS
              .getOrDefault(exchange.getRequestURI().getPath(), "{}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void remove(Path directory) throws IOException {
    try (var tree = Files.walk(directory)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
