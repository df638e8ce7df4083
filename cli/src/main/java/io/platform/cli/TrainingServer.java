package io.platform.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.platform.cli.client.ServerUrl;
import io.platform.commons.console.LineFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A server with made-up answers, for the training run. */
final class TrainingServer implements AutoCloseable {
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
          Map.entry(
              ON_APP + "/builds/b1/log",
              LineFormat.heading("Node.js") + "\n" + LineFormat.body("npm ci") + "\n"),
          Map.entry(ON_APP + "/releases", "[" + RELEASE + "]"),
          Map.entry(ON_APP + "/releases/v3", RELEASE),
          Map.entry(ON_APP + "/config", "{\"config\":{\"A\":\"1\"},\"release\":" + RELEASE + "}"));

  private final HttpServer server;

  TrainingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", TrainingServer::answer);
    server.start();
  }

  ServerUrl url() {
    return new ServerUrl("http", "127.0.0.1", server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
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
}
