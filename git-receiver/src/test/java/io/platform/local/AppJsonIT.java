package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What real pushes do with an app.json on one machine. */
@Timeout(300)
class AppJsonIT {
  private static final String HOST = "shop-admin.localhost";
  private static final String APP = "admin/shop";

  /** Answers 500 at /healthz once somebody asked for /break; /unready makes a file. */
  private static final String SERVER =
      """
      import http.server, os, time
      started, broken = time.time_ns(), []
      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              if self.path == '/break':
                  broken.append(1)
              if self.path == '/unready':
                  open('unready', 'w').close()
              ill = self.path == '/healthz' and broken
              self.send_response(404 if self.path == '/missing' else 500 if ill else 200)
              self.end_headers()
              text = 'started %d of %s with %s' % (started, self.headers['Host'], os.environ.get('SHOWN'))
              if self.path == '/secret':
                  text = os.environ.get('SECRET', '')
              self.wfile.write(text.encode())
      http.server.ThreadingHTTPServer(('', int(os.environ['PORT'])), Handler).serve_forever()
      """;

  /** Fails five times once there is a file, and then removes it. */
  private static final String READY =
      """
      #!/bin/bash
      [ -e unready ] || exit 0
      echo >>tries
      echo "not ready for $SHOWN"
      [ "$(wc -l <tries)" -lt 5 ] || rm unready tries
      exit 7
      """;

  @TempDir Path directory;

  @Test
  void checksDecideWhetherAReleaseComesUpAndWhetherAProcessGoesOn() throws Exception {
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = app();
      shop.write(
          "app.json",
          """
          {"healthchecks": {"web": [
             {"type": "startup", "path": "/healthz", "content": "of check.example.com",
              "httpHeaders": [{"name": "Host", "value": "check.example.com"}]},
             {"type": "liveness", "path": "/healthz", "attempts": 1, "wait": 1}]}}
          """);
      shop.commit("one");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains("app.json declares health checks")
          .contains("Released v1, running at");

      String before = server.app(HOST, "/");
      server.app(HOST, "/break");
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(server.app(HOST, "/")).startsWith("started ").isNotEqualTo(before));
      assertThat(server.api(token, "GET", "/apps/" + APP + "/events", "").body())
          .contains(
              "The liveness check of web.1 failed once (GET /healthz): the answer has status 500");

      shop.write(
          "app.json",
          """
          {"healthchecks": {"web": [{"type": "startup", "path": "/missing", "attempts": 2, "wait": 1}]}}
          """);
      shop.commit("two");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains(
              "v2 did not come up: The startup check of web.1 failed 2 times in a row (GET /missing): the answer has status 404: started")
          .contains("v1 keeps running.");

      shop.write("app.json", "{\n  \"healthchecks\": {\"web\": [{\"type\": 7}]}\n}\n");
      shop.commit("three");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains("The file app.json cannot be used: line 2, column 37: `type` is not a string.")
          .contains("pre-receive hook declined");
    }
  }

  @Test
  void aProcessThatIsNotReadyGetsNoRequestsUntilItIs() throws Exception {
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = app();
      shop.write("ready", READY);
      shop.write(
          "app.json",
          """
          {"env": {"SHOWN": "all"}, "healthchecks": {
             "web": [{"type": "readiness", "command": ["bash", "ready"], "attempts": 1, "wait": 1}],
             "worker": [{"type": "startup", "command": ["test", "-e", "no such file"], "attempts": 1}]}}
          """);
      shop.commit("one");
      assertThat(shop.push(server.base(), token, APP).output()).contains("Released v1");
      String before = server.app(HOST, "/");
      server.app(HOST, "/unready");
      await().atMost(Duration.ofMinutes(1)).until(() -> !server.app(HOST, "/").equals(before));
      assertThat(processes(server, token))
          .anySatisfy(process -> {
            assertThat(process.path("status").asText()).isEqualTo("up");
            assertThat(process.path("reason").asText())
                .isEqualTo(
                    "The readiness check of web.1 failed once (bash ready): it exited with code 7: not ready for all. Fix the app, or the check in app.json.");
          });
      await().atMost(Duration.ofMinutes(1)).until(() -> server.app(HOST, "/").equals(before));

      server.api(token, "PATCH", "/apps/" + APP + "/formation", "{\"worker\":{\"quantity\":1}}");
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() ->
              assertThat(processes(server, token))
                  .anySatisfy(process ->
                      assertThat(process.path("reason").asText())
                          .contains(
                              "The startup check of worker.1 failed once (test -e no such file)")));
    }
  }

  @Test
  void theFirstDeployTakesOverFormationAndConfigVars() throws Exception {
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = app();
      shop.write("server.py", SERVER);
      shop.write(
          "app.json",
          """
          {"formation": {"worker": {"quantity": 2}},
           "stack": "heroku-24",
           "env": {"SHOWN": {"value": "first"}, "SECRET": {"generator": "secret"},
                   "NEEDED": {"required": true}, "KEPT": "other"}}
          """);
      shop.commit("one");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains(
              "The file app.json requires a config var, which is not set. Set it and push again:   platform config set NEEDED=...")
          .contains("pre-receive hook declined");

      server.api(
          token, "PATCH", "/apps/" + APP + "/config", "{\"NEEDED\":\"yes\",\"KEPT\":\"mine\"}");
      shop.write("again", "");
      shop.commit("two");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains("app.json declares a formation, config vars")
          .contains("app.json asks for the stack heroku-24; this platform has platform-1.")
          .contains("Released v1");
      assertThat(server.app(HOST, "/")).endsWith("with first");
      String secret = server.app(HOST, "/secret");
      assertThat(secret).matches("[0-9a-f]{64}");
      assertThat(server.api(token, "GET", "/apps/" + APP + "/config", "").body())
          .contains("\"KEPT\":\"mine\"");
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() ->
              assertThat(processes(server, token))
                  .extracting(process -> process.path("name").asText())
                  .contains("worker.1", "worker.2"));

      shop.write(
          "app.json",
          """
          {"formation": {"worker": {"quantity": 1}},
           "env": {"SHOWN": {"value": "second"}, "SECRET": {"generator": "secret"}}}
          """);
      shop.commit("three");
      assertThat(shop.push(server.base(), token, APP).output()).contains("Released v2");
      assertThat(server.app(HOST, "/")).endsWith("with first");
      assertThat(server.app(HOST, "/secret")).isEqualTo(secret);
    }
  }

  @Test
  void scriptsRunBeforeAndAfterTheTrafficMoves() throws Exception {
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = app();
      shop.write("Procfile", "web: exec python3 server.py\nrelease: echo migrating\n");
      shop.write(
          "app.json",
          """
          {"env": {"SHOWN": "all"},
           "scripts": {
             "dokku": {"predeploy": "echo preparing $SHOWN", "postdeploy": "echo announcing; exit 3"},
             "postdeploy": "echo seeding"}}
          """);
      shop.commit("one");
      assertThat(shop.push(server.base(), token, APP).output())
          .containsSubsequence(
              "Running the predeploy script of v1: echo preparing $SHOWN",
              "preparing all",
              "The predeploy script succeeded after",
              "Running the release command of v1",
              "migrating",
              "Starting v1",
              "Running the first postdeploy script of v1: echo seeding",
              "seeding",
              "Running the postdeploy script of v1",
              "announcing",
              "The postdeploy script of app.json exited with code 3. v1 is live all the same.",
              "Released v1");

      shop.write(
          "app.json",
          """
          {"scripts": {"dokku": {"predeploy": "exit 4"}, "postdeploy": "echo seeding"}}
          """);
      shop.commit("two");
      assertThat(shop.push(server.base(), token, APP).output())
          .contains("The predeploy script of app.json exited with code 4.")
          .contains("v1 keeps running.")
          .doesNotContain("seeding");
      assertThat(server.app(HOST, "/")).endsWith("with all");
    }
  }

  private GitApp app() throws Exception {
    GitApp shop = GitApp.in(directory.resolve("shop"));
    shop.write("server.py", SERVER);
    shop.write("Procfile", "web: exec python3 server.py\nworker: exec sleep 1000\n");
    return shop;
  }

  private static Iterable<JsonNode> processes(Server server, String token) throws Exception {
    return server.api(token, "GET", "/apps/" + APP + "/processes", "").json();
  }
}
