package io.platform.slug;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.platform.commons.digest.Sha256Digests;
import io.platform.slug.archive.TreeArchive;
import io.platform.testing.contract.ContractFilter;
import io.platform.testing.contract.ContractRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The platform as builder and runner see it, on a real HTTP server, with one build and one release,
 * and faults on demand.
 */
public final class FakePlatform implements AutoCloseable {
  /** What may go wrong with a request. */
  public enum Fault {
    UNAVAILABLE,
    /** The request takes effect, and the connection ends without an answer. */
    HEARD_BUT_CUT,
    GONE
  }

  /** Of the secrets of the first deploy. */
  public static final SecretSeed SEED = new SecretSeed("seed");

  public static final String BUILD = "b1";
  public static final String RELEASE = "r1";
  public static final String TOKEN = "token-of-this-build";

  private final HttpServer server;
  private final ContractRecord contract = new ContractRecord();
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<BuildReport> reports = new ArrayList<>();
  private final List<Optional<SlugProblem>> slugProblems = new ArrayList<>();
  private final List<String> leaks = new ArrayList<>();
  private Duration time = Duration.ofMinutes(5);
  private boolean keepWeb;
  private boolean firstDeploy;
  private List<BuildpackReference> buildpacks = List.of();
  private BuildJob.Limits limits = new BuildJob.Limits(100 << 20, 100 << 20);
  private @Nullable String releaseDigest;

  public FakePlatform() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle).getFilters().add(new ContractFilter(contract));
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Makes what is in {@code tree} the pushed source. */
  public void push(Path tree) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TreeArchive.writeCache(tree, bytes);
    pushArchive(bytes.toByteArray());
  }

  public void pushArchive(byte[] archive) {
    objects.put("source", archive);
  }

  public void store(String object, byte[] bytes) {
    objects.put(object, bytes);
  }

  public Optional<byte[]> stored(String object) {
    return Optional.ofNullable(objects.get(object));
  }

  /** Makes the slug that was uploaded the release's. */
  public void release() {
    release(Sha256Digests.hex(digest(objects.getOrDefault("slug", new byte[0]))));
  }

  public void release(String sha256) {
    releaseDigest = sha256;
  }

  public void limits(long slugBytes, long sourceBytes) {
    limits = new BuildJob.Limits(slugBytes, sourceBytes);
  }

  public void time(Duration deadline) {
    time = deadline;
  }

  /** No release of the app is live yet. */
  public void firstDeploy() {
    firstDeploy = true;
  }

  /** The app's developers chose these. */
  public void buildpacks(String... names) {
    buildpacks = Stream.of(names).map(BuildpackReference::of).toList();
  }

  /** The live release has a web process, which a build must keep. */
  public void keepWeb() {
    keepWeb = true;
  }

  /** The next requests whose path ends with {@code path} meet these faults, one each. */
  public void fail(String path, Fault... next) {
    faults.computeIfAbsent(path, any -> new ArrayDeque<>()).addAll(List.of(next));
  }

  public String log() {
    synchronized (log) {
      return log.toString(StandardCharsets.UTF_8);
    }
  }

  /** Begins the log of another build. */
  public void clearLog() {
    synchronized (log) {
      log.reset();
    }
  }

  /** Waits until the log contains {@code text}. */
  public void awaitLog(String text) throws InterruptedException {
    synchronized (log) {
      while (!log().contains(text)) {
        log.wait(20_000);
      }
    }
  }

  public List<BuildReport> reports() {
    synchronized (reports) {
      return List.copyOf(reports);
    }
  }

  /** What the runner told of its slug, in order; empty where it had it. */
  public List<Optional<SlugProblem>> slugProblems() {
    synchronized (slugProblems) {
      return List.copyOf(slugProblems);
    }
  }

  /** Requests that showed the token where it does not belong, or did not where it does. */
  public List<String> leaks() {
    synchronized (leaks) {
      return List.copyOf(leaks);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    contract.assertKept();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      checkToken(exchange, path);
      Fault fault = takeFault(path);
      if (fault == Fault.UNAVAILABLE) {
        problem(exchange, 503, "restarting");
        return;
      }
      if (fault == Fault.GONE) {
        problem(exchange, 410, "The build has ended.");
        return;
      }
      if (fault == Fault.HEARD_BUT_CUT) {
        route(exchange, path, body, true);
        throw new IOException("cut on purpose");
      }
      route(exchange, path, body, false);
    }
  }

  private @Nullable Fault takeFault(String path) {
    for (Map.Entry<String, Deque<Fault>> entry : faults.entrySet()) {
      if (path.endsWith(entry.getKey())) {
        synchronized (entry.getValue()) {
          return entry.getValue().poll();
        }
      }
    }
    return null;
  }

  private void checkToken(HttpExchange exchange, String path) {
    boolean shown =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (shown == path.startsWith("/objects/")) {
      synchronized (leaks) {
        leaks.add(path);
      }
    }
  }

  private void route(HttpExchange exchange, String path, byte[] body, boolean cut)
      throws IOException {
    String api = "/api/v1/builds/" + BUILD + "/";
    if (path.startsWith("/objects/")) {
      object(exchange, path.substring("/objects/".length()), body, cut);
    } else if (path.equals("/api/v1/releases/" + RELEASE + "/slug")) {
      byte[] digest = HexFormat.of().parseHex(String.valueOf(releaseDigest));
      exchange
          .getResponseHeaders()
          .set("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
      redirect(exchange, "slug");
    } else if (path.equals("/api/v1/releases/" + RELEASE + "/slug/problem")) {
      synchronized (slugProblems) {
        JsonObject problem = JsonObject.parse(body);
        slugProblems.add(
            problem.has("code") ? Optional.of(SlugProblemJson.read(problem)) : Optional.empty());
      }
      exchange.sendResponseHeaders(204, -1);
    } else if (path.equals(api + "job")) {
      answer(exchange, 200, JsonObject.parse(job().toBytes()));
    } else if (path.equals(api + "log")) {
      log(exchange, body, cut);
    } else if (path.equals(api + "report")) {
      synchronized (reports) {
        reports.add(BuildReport.parse(body));
      }
      if (!cut) {
        answer(exchange, 200, new JsonObject());
      }
    } else if (path.startsWith(api) && exchange.getRequestMethod().equals("GET")) {
      redirect(exchange, path.substring(api.length()));
    } else if (path.startsWith(api)) {
      Blob.from(JsonObject.parse(body));
      String url = url().resolve("/objects/" + path.substring(api.length())).toString();
      answer(
          exchange,
          200,
          new JsonObject()
              .with("method", "PUT")
              .with("url", url)
              .with("headers", new JsonObject()));
    } else {
      problem(exchange, 404, "There is no such build.");
    }
  }

  private void object(HttpExchange exchange, String name, byte[] body, boolean cut)
      throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      objects.put(name, body);
      if (!cut) {
        exchange.sendResponseHeaders(201, -1);
      }
      return;
    }
    byte[] bytes = objects.get(name);
    if (bytes == null) {
      problem(exchange, 404, "There is no such object.");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes, 0, cut ? bytes.length / 2 : bytes.length);
  }

  private void log(HttpExchange exchange, byte[] body, boolean cut) throws IOException {
    long offset = Long.parseLong(exchange.getRequestURI().getQuery().substring("offset=".length()));
    JsonObject answer;
    int status = 200;
    synchronized (log) {
      if (offset == log.size()) {
        log.writeBytes(body);
        log.notifyAll();
      } else {
        status = 409;
      }
      answer =
          (status == 200 ? new JsonObject() : problem(status, "The log is at another offset."))
              .with("offset", log.size());
    }
    if (!cut) {
      answer(exchange, status, answer);
    }
  }

  private BuildJob job() {
    byte[] source = objects.getOrDefault("source", new byte[0]);
    return new BuildJob(
        BUILD,
        "shop",
        "acme",
        Optional.of("0123456789012345678901234567890123456789"),
        "platform-1",
        blob(source),
        stored("cache").map(FakePlatform::blob),
        Instant.now().plus(time),
        url().resolve("/api/v1/builds/" + BUILD + "/report"),
        limits,
        keepWeb,
        firstDeploy,
        firstDeploy ? Optional.of(SEED) : Optional.empty(),
        buildpacks);
  }

  private static void redirect(HttpExchange exchange, String object) throws IOException {
    exchange.getResponseHeaders().set("Location", "/objects/" + object);
    exchange.sendResponseHeaders(307, -1);
  }

  private static void problem(HttpExchange exchange, int status, String detail) throws IOException {
    answer(exchange, status, problem(status, detail));
  }

  private static JsonObject problem(int status, String detail) {
    return new JsonObject()
        .with("type", "about:blank")
        .with("title", "Problem")
        .with("status", status)
        .with("detail", detail);
  }

  private static void answer(HttpExchange exchange, int status, JsonObject json)
      throws IOException {
    byte[] bytes = json.toBytes();
    exchange
        .getResponseHeaders()
        .set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Blob blob(byte[] bytes) {
    return new Blob(bytes.length, Sha256Digests.hex(digest(bytes)));
  }

  private static java.security.MessageDigest digest(byte[] bytes) {
    java.security.MessageDigest digest = Sha256Digests.start();
    digest.update(bytes);
    return digest;
  }
}
