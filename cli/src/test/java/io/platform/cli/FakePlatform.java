package io.platform.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.platform.testing.contract.ContractFilter;
import io.platform.testing.contract.ContractRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that speaks what the command needs of Platform's HTTP interfaces, with everything in
 * memory.
 */
final class FakePlatform implements AutoCloseable {
  static final String EMAIL = "ada@example.com";
  static final String PASSWORD = "correct horse & battery=staple";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private volatile int publicPort;
  private final ContractRecord contract = new ContractRecord();
  private final AtomicInteger numbers = new AtomicInteger();

  final Set<String> tokens = new HashSet<>();
  final Map<String, ObjectNode> apps = new TreeMap<>();
  final Map<String, ObjectNode> config = new HashMap<>();
  final List<ObjectNode> builds = new ArrayList<>();
  final List<ObjectNode> releases = new ArrayList<>();
  final List<ObjectNode> accounts = new ArrayList<>();
  final Map<String, String> members = new TreeMap<>();
  final List<String> passwords = new ArrayList<>();

  final List<String> destroyed = new ArrayList<>();
  String password = PASSWORD;

  /** What goes of what is stored for every app. */
  final ObjectNode retention = nothingGoes();

  volatile long cache;

  final List<String> requests = new ArrayList<>();

  /** What should run of every app, and the processes that do. */
  final ObjectNode formation = JSON.createObjectNode();

  final ArrayNode processes = JSON.createArrayNode();

  /** What happens when somebody has looked at the processes. */
  Runnable afterProcesses = () -> {};

  final ArrayNode features = JSON.createArrayNode();

  final ObjectNode rollout =
      JSON.createObjectNode()
          .putNull("max_surge")
          .putNull("max_unavailable")
          .putNull("stop_grace_seconds");

  /** The certificates of every app. */
  final ArrayNode certificates = JSON.createArrayNode();

  /** The domains of every app. */
  final ArrayNode domains = JSON.createArrayNode();

  private final ObjectNode maintenance = JSON.createObjectNode().put("on", false).putNull("page");

  /** What happened to every app, newest first. */
  final ArrayNode events = JSON.createArrayNode();

  /** The buildpacks of every app. */
  final List<String> buildpacks = new ArrayList<>();

  /** The log drains of every app. */
  final List<ObjectNode> drains = new ArrayList<>();

  /** The last change of the formation or of the drains, or request for a restart. */
  String lastBody = "";

  /** The log of every app; the position of a line is its number. */
  final List<String> appLog = new ArrayList<>();

  /** The log of every build, and after how many bytes each connection to it breaks. */
  String log = "";

  int breakAfter = Integer.MAX_VALUE;

  /** How the next release ends. */
  String releaseEnds = "live";

  FakePlatform() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle).getFilters().add(new ContractFilter(contract));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    publicPort = port();
  }

  String url() {
    return "http://localhost:" + publicPort;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** From now on it is behind a server at this port. */
  void setPublicPort(int port) {
    publicPort = port;
  }

  @Override
  public void close() {
    server.stop(0);
    contract.assertKept();
  }

  ObjectNode app(String name) {
    var app = JSON.createObjectNode();
    app.put("name", name).put("namespace", "ada").put("url", "http://" + name + "-ada.localhost");
    app.put("git_url", url() + "/ada/" + name + ".git").putNull("branch").putNull("release");
    app.put("status", "idle").put("created_at", "2026-01-02T03:04:05Z");
    app.put("maintenance", false).putObject("formation");
    app.putArray("processes");
    apps.put("ada/" + name, app);
    config.put("ada/" + name, JSON.createObjectNode());
    return app;
  }

  ObjectNode build(String id, String status) {
    var build = JSON.createObjectNode();
    build
        .put("id", id)
        .put("status", status)
        .put("commit", "0123456789abcdef0123456789abcdef01234567");
    build
        .put("ref", "refs/heads/main")
        .put("pusher", EMAIL)
        .putNull("release")
        .putNull("message")
        .putNull("outcome");
    build.put("created_at", "2026-01-02T03:04:05Z").put("ended_at", "2026-01-02T03:05:04Z");
    build.put("settled_at", "2026-01-02T03:05:05Z");
    builds.addFirst(build);
    return build;
  }

  ObjectNode release(String status, String description) {
    var release = JSON.createObjectNode();
    release
        .put("version", "v" + (releases.size() + 1))
        .put("status", status)
        .put("current", status.equals("live"));
    release.put("description", description).putNull("commit").put("user", EMAIL).putNull("message");
    release.put("created_at", "2026-01-02T03:04:05Z");
    releases.addFirst(release);
    return release;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (path) {
        case "/.well-known/oauth-protected-resource" -> answer(exchange, 200, resource());
        case "/.well-known/oauth-authorization-server" -> answer(exchange, 200, metadata());
        case "/oauth/token" -> token(exchange, form(body));
        case "/oauth/revoke" -> {
          tokens.remove(form(body).get("token"));
          answer(exchange, 200, JSON.createObjectNode());
        }
        default -> authorized(exchange, path, body);
      }
    }
  }

  private JsonNode resource() {
    var resource = JSON.createObjectNode().put("resource", url());
    resource.putArray("authorization_servers").add(url());
    return resource;
  }

  private JsonNode metadata() {
    var metadata =
        JSON.createObjectNode().put("issuer", url()).put("token_endpoint", url() + "/oauth/token");
    return metadata.put("revocation_endpoint", url() + "/oauth/revoke");
  }

  private void token(HttpExchange exchange, Map<String, String> form) throws IOException {
    if (EMAIL.equals(form.get("username")) && password.equals(form.get("password"))) {
      var token = "token-" + numbers.incrementAndGet();
      tokens.add(token);
      var granted = JSON.createObjectNode().put("access_token", token).put("token_type", "Bearer");
      answer(exchange, 200, granted.put("expires_in", 2592000));
    } else {
      var refused = JSON.createObjectNode().put("error", "invalid_grant");
      answer(
          exchange,
          400,
          refused.put("error_description", "The e-mail address or the password is wrong."));
    }
  }

  private void authorized(HttpExchange exchange, String path, String body) throws IOException {
    var header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith("Bearer ") || !tokens.contains(header.substring(7))) {
      problem(exchange, 401, "Your token is not valid, or no longer.");
    } else if (path.equals("/api/v1/me")) {
      answer(
          exchange,
          200,
          JSON.readTree(
              """
              {"email":"ada@example.com","subject":"1","namespace":"ada","namespaces":[{"name":"ada","role":"owner"},{"name":"acme","role":"viewer"}],"server":"0.1.0"}\
              """));
    } else if (path.equals("/api/v1/apps")) {
      apps(exchange, body);
    } else if (path.startsWith("/api/v1/apps/")) {
      var parts = path.substring("/api/v1/apps/".length()).split("/", 3);
      var name = parts[0] + "/" + parts[1];
      if (apps.containsKey(name)) {
        app(exchange, name, parts.length < 3 ? "" : parts[2], body);
      } else {
        problem(exchange, 404, "There is no app " + name + ".");
      }
    } else if (path.startsWith("/auth/v1/")) {
      accounts(exchange, path.substring("/auth/v1/".length()), body);
    } else {
      problem(exchange, 404, "There is no such page.");
    }
  }

  private void apps(HttpExchange exchange, String body) throws IOException {
    var query = String.valueOf(exchange.getRequestURI().getQuery());
    if (exchange.getRequestMethod().equals("GET") && query.matches("namespace=(?!ada$).*")) {
      problem(exchange, 404, "There is no such namespace.");
      return;
    }
    if (exchange.getRequestMethod().equals("GET")) {
      answer(exchange, 200, array(List.copyOf(apps.values())));
      return;
    }
    var name = JSON.readTree(body).path("name").asText();
    if (apps.containsKey("ada/" + name)) {
      problem(exchange, 409, "There is an app ada/" + name + " already.");
    } else {
      answer(exchange, 201, app(name));
    }
  }

  private void app(HttpExchange exchange, String name, String rest, String body)
      throws IOException {
    switch (exchange.getRequestMethod() + " " + rest) {
      case "GET " -> answer(exchange, 200, at(apps, name));
      case "PATCH " -> {
        lastBody = body;
        var app = at(apps, name);
        JSON.readTree(body).properties().forEach(it -> app.set(it.getKey(), it.getValue()));
        var now = app.path("namespace").asText() + "/" + app.path("name").asText();
        app.put("git_url", url() + "/" + now + ".git");
        apps.remove(name);
        apps.put(now, app);
        answer(exchange, 200, app);
      }
      case "DELETE " -> {
        apps.remove(name);
        exchange.sendResponseHeaders(204, -1);
      }
      case "GET builds" -> answer(exchange, 200, array(builds));
      case "GET domains" -> answer(exchange, 200, domains);
      case "POST domains" -> {
        var domain = JSON.createObjectNode();
        domain.put("name", JSON.readTree(body).path("name").asText());
        domain.put("target", "shop-ada.localhost").put("created_at", "2026-01-02T03:04:05Z");
        answer(exchange, 201, domains.add(domain));
      }
      case "DELETE domains/*.example.net" -> {
        domains.removeAll();
        exchange.sendResponseHeaders(204, -1);
      }
      case "GET certificates" -> answer(exchange, 200, certificates);
      case "POST certificates" -> {
        lastBody = body;
        var certificate = JSON.createObjectNode();
        certificate.put("domain", "www.example.net").put("issuer", "CN=Test Authority");
        certificate.put("status", "valid").put("not_after", "2026-12-24T18:00:00Z");
        certificate.put("not_before", "2026-09-24T18:00:00Z").put("fingerprint", "ab");
        certificate.put("created_at", "2026-09-25T18:00:00Z").putArray("names");
        answer(exchange, 201, certificates.add(certificate));
      }
      case "DELETE certificates/www.example.net" -> {
        certificates.removeAll();
        exchange.sendResponseHeaders(204, -1);
      }
      case "GET build-cache" -> answer(exchange, 200, JSON.createObjectNode().put("size", cache));
      case "DELETE build-cache" -> {
        answer(exchange, 200, JSON.createObjectNode().put("size", cache));
        cache = 0;
      }
      case "GET maintenance" -> answer(exchange, 200, maintenance);
      case "PUT maintenance" ->
          answer(
              exchange,
              200,
              maintenance
                  .put("on", true)
                  .put("page", JSON.readTree(body).path("page").asText(null)));
      case "DELETE maintenance" ->
          answer(exchange, 200, maintenance.put("on", false).putNull("page"));
      case "GET events" -> answer(exchange, 200, events);
      case "GET releases" -> answer(exchange, 200, array(releases));
      case "POST rollback" -> answer(exchange, 201, release("pending", "Rollback to v1"));
      case "GET retention" -> answer(exchange, 200, retention.put("dry_run", true));
      case "POST retention" -> answer(exchange, 200, retention.put("dry_run", false));
      case "GET formation" -> answer(exchange, 200, formation);
      case "PATCH formation" -> {
        lastBody = body;
        JSON.readTree(body).properties().forEach(it -> scale(it.getKey(), it.getValue()));
        answer(exchange, 200, formation);
      }
      case "GET logs" -> appLog(exchange);
      case "GET processes" -> {
        answer(exchange, 200, processes);
        afterProcesses.run();
      }
      case "GET features" -> answer(exchange, 200, features);
      case "PUT features/session-affinity" -> {
        lastBody = body;
        answer(exchange, 200, features);
      }
      case "GET rollout" -> answer(exchange, 200, rollout);
      case "PATCH rollout" -> {
        lastBody = body;
        answer(exchange, 200, rollout.setAll((ObjectNode) JSON.readTree(body)));
      }
      case "POST processes/restart", "POST processes/stop" -> {
        lastBody = body;
        var meant = JSON.readTree(body).path("process").asText();
        var names = JSON.createObjectNode();
        var array = names.putArray("processes");
        for (var process : processes) {
          if (process.path("name").asText().startsWith(meant)) {
            array.add(process.path("name"));
          }
        }
        answer(exchange, 202, names);
      }
      case "GET buildpacks" -> answer(exchange, 200, buildpacks());
      case "PUT buildpacks" -> {
        lastBody = body;
        buildpacks.clear();
        JSON.readTree(body).path("buildpacks").forEach(it -> buildpacks.add(it.asText()));
        answer(exchange, 200, buildpacks());
      }
      case "POST buildpacks" -> {
        lastBody = body;
        var added = JSON.readTree(body);
        buildpacks.add(
            added.path("index").asInt(buildpacks.size() + 1) - 1, added.path("buildpack").asText());
        answer(exchange, 200, buildpacks());
      }
      case "POST buildpacks/remove" -> {
        lastBody = body;
        buildpacks.remove(JSON.readTree(body).path("buildpack").asText());
        answer(exchange, 200, buildpacks());
      }
      case "GET drains" -> answer(exchange, 200, array(drains));
      case "POST drains" -> {
        lastBody = body;
        var url = JSON.readTree(body).path("url").asText();
        answer(exchange, 201, drain("d" + (drains.size() + 1), url));
      }
      case "POST drains/remove" -> {
        lastBody = body;
        var id = JSON.readTree(body).path("drain").asText();
        var found = drains.stream().filter(it -> it.path("id").asText().equals(id)).findFirst();
        if (found.isPresent()) {
          drains.remove(found.get());
          answer(exchange, 200, found.get());
        } else {
          problem(exchange, 404, name + " has no such drain.");
        }
      }
      case "GET config" -> answer(exchange, 200, at(config, name));
      case "PATCH config" -> configure(exchange, name, JSON.readTree(body));
      default -> one(exchange, rest.split("/", -1));
    }
  }

  private void scale(String type, JsonNode change) {
    var scale = (ObjectNode) formation.get(type);
    scale.put(
        "quantity",
        change.path("quantity").asInt(scale.path("quantity").asInt())
            + change.path("change").asInt());
  }

  ObjectNode process(String name, String status) {
    var process = JSON.createObjectNode();
    process.put("name", name).put("type", name.replaceFirst("\\..*", "")).put("release", "v3");
    process.put("status", status).putNull("reason").put("since", "2026-01-02T03:04:05Z");
    process.put("restarts", 0).put("memory", 52L << 20).put("cpu", 0.034);
    process.put("command", "node server.js").putNull("node");
    processes.add(process);
    return process;
  }

  private ObjectNode buildpacks() {
    var all = JSON.createObjectNode();
    var array = all.putArray("buildpacks");
    buildpacks.forEach(array::add);
    return all;
  }

  ObjectNode drain(String id, String url) {
    var drain = JSON.createObjectNode();
    drain.put("id", id).put("url", url).put("added_by", EMAIL);
    drain.put("added_at", "2026-01-02T03:04:05Z").put("delivered", 0).put("dropped", 0);
    drain.putNull("delivered_at").putNull("problem");
    drains.add(drain);
    return drain;
  }

  void event(String user, String kind, String description) {
    var event = JSON.createObjectNode();
    event.put("id", events.size() + 1).put("created_at", "2026-01-02T03:04:05Z");
    event.put("user", user.equals("platform") ? null : user);
    event.put("kind", kind).put("description", description);
    events.insert(0, event);
  }

  void type(String name, int quantity) {
    formation
        .putObject(name)
        .put("quantity", quantity)
        .putNull("memory")
        .putNull("cpu")
        .put("command", "node " + name + ".js");
  }

  private void one(HttpExchange exchange, String[] rest) throws IOException {
    if (rest[0].equals("releases")) {
      var release =
          releases.stream()
              .filter(it -> it.path("version").asText().equals(rest[1]))
              .findFirst()
              .orElseThrow();
      release.put("status", releaseEnds).put("current", releaseEnds.equals("live"));
      if (releaseEnds.equals("failed")) {
        release.put("message", "The app did not answer on PORT within 60 seconds.\nError: boom");
      }
      answer(exchange, 200, release);
      return;
    }
    var build =
        builds.stream()
            .filter(it -> rest[1].equals("latest") || it.path("id").asText().equals(rest[1]))
            .findFirst();
    if (build.isEmpty()) {
      problem(exchange, 404, "There is no such build.");
    } else if (rest.length < 3) {
      answer(exchange, 200, build.get());
    } else if (rest[2].equals("cancel")) {
      answer(exchange, 202, build.get());
    } else {
      log(exchange);
    }
  }

  /** A line of every app's log; without a process where that is empty. */
  void logLine(String source, String process, String text) {
    var line = JSON.createObjectNode();
    line.put("position", Integer.toString(appLog.size() + 1))
        .put("at", "2026-11-27T12:00:00.123456Z");
    line.put("source", source).put("process", process.isEmpty() ? null : process);
    appLog.add(line.put("text", text).toString());
  }

  /** As far as the connection takes it: then it breaks, within a line where it has to. */
  private void appLog(HttpExchange exchange) throws IOException {
    var query = String.valueOf(exchange.getRequestURI().getQuery());
    int after =
        query.contains("after=") ? Integer.parseInt(query.replaceAll(".*after=(\\d+).*", "$1")) : 0;
    var text = new StringBuilder("{\"position\":\"" + after + "\"}\n\n");
    appLog.stream().skip(after).forEach(line -> text.append(line).append('\n'));
    var all = text.toString().getBytes(StandardCharsets.UTF_8);
    if (after == appLog.size() && query.contains("follow")) {
      problem(exchange, 404, "There is no app any more.");
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson; charset=utf-8");
    exchange.sendResponseHeaders(200, all.length);
    exchange.getResponseBody().write(all, 0, Math.min(all.length, breakAfter));
    exchange.getResponseBody().flush();
  }

  private void log(HttpExchange exchange) throws IOException {
    var all = log.getBytes(StandardCharsets.UTF_8);
    int from =
        Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll(".*from=(\\d+).*", "$1"));
    int count = Math.min(all.length - from, breakAfter);
    exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(200, all.length - from == 0 ? -1 : all.length - from);
    exchange.getResponseBody().write(all, from, count);
    exchange.getResponseBody().flush();
    breakAfter = Integer.MAX_VALUE;
  }

  private void configure(HttpExchange exchange, String name, JsonNode change) throws IOException {
    var vars = at(config, name);
    var changed = JSON.createArrayNode();
    change
        .properties()
        .forEach(it -> {
          if (!vars.path(it.getKey()).asText().equals(it.getValue().asText(""))
              || vars.has(it.getKey()) == it.getValue().isNull()) {
            changed.add(it.getKey());
          }
          if (it.getValue().isNull()) {
            vars.remove(it.getKey());
          } else {
            vars.set(it.getKey(), it.getValue());
          }
        });
    var answer = JSON.createObjectNode();
    answer.set("config", vars);
    answer.set("changed", changed);
    if (changed.isEmpty() || at(apps, name).path("release").isNull()) {
      answer.putNull("release");
    } else {
      answer.set("release", release("pending", "Set config vars"));
    }
    answer(exchange, 200, answer);
  }

  private void accounts(HttpExchange exchange, String rest, String body) throws IOException {
    var parts = rest.split("/", -1);
    switch (exchange.getRequestMethod()
        + " "
        + parts[0]
        + (parts.length > 2 ? "/" + parts[2] : "")) {
      case "GET accounts" -> answer(exchange, 200, array(accounts));
      case "POST accounts" -> {
        var made = (ObjectNode) JSON.readTree(body);
        passwords.add(made.remove("password").asText());
        accounts.add(made.put("id", "a" + numbers.incrementAndGet()));
        answer(exchange, 201, made);
      }
      case "GET namespaces" ->
          answer(exchange, 200, JSON.readTree("[{\"name\":\"ada\",\"role\":\"owner\"}]"));
      case "POST namespaces" -> answer(exchange, 201, JSON.readTree(body));
      case "GET namespaces/members" -> {
        var list = JSON.createArrayNode();
        members.forEach((email, role) -> list.addObject().put("email", email).put("role", role));
        answer(exchange, 200, list);
      }
      case "DELETE accounts" -> {
        if (accounts.removeIf(it -> it.path("email").asText().equals(parts[1]))) {
          var answer = JSON.createObjectNode().put("email", parts[1]);
          answer.putArray("inherited").add("bob");
          answer(exchange, 200, answer);
        } else {
          problem(exchange, 404, "There is no account " + parts[1] + ".");
        }
      }
      case "PUT me/password", "PUT me" -> {
        var change = JSON.readTree(body);
        if (change.path("old").asText().equals(password)) {
          password = change.path("new").asText();
          tokens.clear();
          exchange.sendResponseHeaders(204, -1);
        } else {
          problem(exchange, 403, "The old password is wrong; the password is not changed.");
        }
      }
      case "DELETE namespaces" -> {
        destroyed.add(parts[1]);
        exchange.sendResponseHeaders(204, -1);
      }
      case "PUT namespaces/members" -> {
        members.put(parts[3], JSON.readTree(body).path("role").asText());
        answer(exchange, 200, JSON.createObjectNode());
      }
      default -> {
        members.remove(parts[3]);
        exchange.sendResponseHeaders(204, -1);
      }
    }
  }

  private static ObjectNode nothingGoes() {
    var nothing = JSON.createObjectNode().put("bytes", 0);
    nothing.putObject("keep").put("builds", 50).put("releases", 10);
    nothing.putArray("objects");
    nothing.putArray("builds");
    nothing.putArray("releases");
    return nothing;
  }

  private static ObjectNode at(Map<String, ObjectNode> map, String name) {
    return requireNonNull(map.get(name), name);
  }

  private static ArrayNode array(List<ObjectNode> nodes) {
    return JSON.createArrayNode().addAll(nodes);
  }

  private static Map<String, String> form(String body) {
    var form = new HashMap<String, String>();
    for (var pair : body.split("&", -1)) {
      var parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static void problem(HttpExchange exchange, int status, String detail) throws IOException {
    answer(
        exchange,
        status,
        JSON.createObjectNode()
            .put("type", "about:blank")
            .put("title", "Problem")
            .put("status", status)
            .put("detail", detail));
  }

  private static void answer(HttpExchange exchange, int status, JsonNode json) throws IOException {
    var bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .add("Content-Type", status < 400 ? "application/json" : "application/problem+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
