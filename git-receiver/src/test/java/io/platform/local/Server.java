package io.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A platform in a process of its own on a data directory, and what a client does with it over HTTP.
 */
final class Server implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 120;
  private static final String END = "the output ended";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final Path data;
  private int port;
  private int tlsPort;

  private Server(Process process, Path data) {
    this.process = process;
    this.data = data;
    Thread.ofPlatform().daemon().name("output").start(this::drain);
  }

  /** Starts one at a free port, and waits until it is up. */
  static Server start(Path data) throws Exception {
    return launch(data, List.of(PlatformMain.class.getName()), Map.of());
  }

  /** Starts one that serves HTTPS, too, at another free port. */
  static Server startWithHttps(Path data) throws Exception {
    Server server =
        launch(data, List.of(PlatformMain.class.getName(), "--tls-port", "0"), Map.of());
    server.tlsPort = server.awaitPort("HTTPS for apps' domains:       port ");
    return server;
  }

  /** Starts one that stands still after a write. */
  static Server startStoppingAfter(Write write, Path data) throws Exception {
    return launch(data, List.of(PlatformThatStops.class.getName(), write.name()), Map.of());
  }

  /** Starts one where a task after a write ignores that it is to stop. */
  static Server startIgnoringStops(Write write, Path data) throws Exception {
    return launch(data, List.of(PlatformThatIgnoresStops.class.getName(), write.name()), Map.of());
  }

  /** Starts one at a free port with these settings. */
  static Server launch(Path data, Map<String, String> environment) throws Exception {
    return launch(data, List.of(PlatformMain.class.getName()), environment);
  }

  /** Starts one by a command of its own, without the options. */
  static Server launch(List<String> command, Path data) throws Exception {
    return awaitUp(process(command, data, Map.of()), data);
  }

  private static Server launch(Path data, List<String> main, Map<String, String> environment)
      throws Exception {
    return awaitUp(process(data, main, environment), data);
  }

  private static Server awaitUp(Process process, Path data) throws Exception {
    Server server = new Server(process, data);
    server.port = server.awaitPort("Platform is up at http://localhost:");
    return server;
  }

  /** Runs {@code platform up} at a free port with these settings and options. */
  static Process process(Path data, Map<String, String> environment, String... options)
      throws IOException {
    List<String> main = new ArrayList<>(List.of(PlatformMain.class.getName()));
    main.addAll(List.of(options));
    return process(data, main, environment);
  }

  private static Process process(Path data, List<String> main, Map<String, String> environment)
      throws IOException {
    List<String> command = ServerJvm.command();
    command.addAll(main);
    return process(command, data, environment);
  }

  private static Process process(List<String> main, Path data, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(main);
    command.addAll(List.of("--port", "0", "--data", data.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private void drain() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        output.add(line);
      }
    } catch (IOException e) {
      output.add(e.toString());
    } finally {
      output.add(END);
    }
  }

  /** Waits for a line of the server's output that has this text before a port. */
  int awaitPort(String before) throws InterruptedException {
    String line = awaitLine(before);
    return new Scanner(line.substring(line.indexOf(before) + before.length()))
        .useDelimiter("\\D")
        .nextInt();
  }

  int port() {
    return port;
  }

  int tlsPort() {
    return tlsPort;
  }

  /**
   * The whole answer to a visitor of a host over HTTPS, or why there is none.
   *
   * @param authority the certificates that the visitor trusts, in PEM
   */
  String visitSecurely(String host, String path, Path authority) throws Exception {
    Process curl =
        new ProcessBuilder(
                "curl",
                "-sSi",
                "--max-time",
                "30",
                "--cacert",
                authority.toString(),
                "--resolve",
                host + ":" + tlsPort + ":127.0.0.1",
                "https://" + host + ":" + tlsPort + path)
            .redirectErrorStream(true)
            .start();
    return new String(curl.getInputStream().readAllBytes(), UTF_8);
  }

  /** Waits for a line of the server's output that has this text. */
  String awaitLine(String text) throws InterruptedException {
    while (true) {
      String line = output.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (line == null || line.equals(END)) {
        throw new AssertionError(
            "the server %s and never wrote '%s', but:\n%s\n%s"
                .formatted(
                    line == null ? "runs" : "ended",
                    text,
                    String.join("\n", seen),
                    line == null ? "its threads:\n" + threads() : ""));
      }
      seen.add(line);
      if (line.contains(text)) {
        return line;
      }
    }
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM; the exit code. */
  int stop() throws InterruptedException {
    process.toHandle().destroy(); // Process.destroy would close its output
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      String threads = threads();
      kill();
      throw new AssertionError("the server does not stop; its threads:\n" + threads);
    }
    return process.exitValue();
  }

  /** What all its threads are at, virtual ones too. */
  private String threads() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    String pid = Long.toString(pid());
    try {
      Path file = Files.createTempFile("threads", ".txt");
      try {
        Process dump =
            new ProcessBuilder(
                    jcmd.toString(), pid, "Thread.dump_to_file", "-overwrite", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(dump.getInputStream().readAllBytes(), UTF_8);
        return said + Files.readString(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return e.toString();
    }
  }

  long pid() {
    return process.pid();
  }

  URI base() {
    return URI.create("http://localhost:" + port);
  }

  String password() throws IOException {
    return Files.readString(data.resolve("admin-password")).strip();
  }

  /** Logs in as the first administrator. */
  String login() throws Exception {
    String form =
        "grant_type=password&client_id=platform-cli&username=admin%40localhost&password="
            + URLEncoder.encode(password(), UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(base().resolve("/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body()).path("access_token").asText();
  }

  /** A call of the API; {@code body} may be empty. */
  Answer api(String token, String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(base().resolve("/api/v1" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  /** Waits until the answer to a visitor of a host contains a text. */
  void awaitVisit(String host, String text) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> visit(host, "/page").contains(text));
  }

  /** The whole answer to a visitor of a host, whatever DNS says of it. */
  String visit(String host, String path) throws Exception {
    return visit(host, path, "*/*");
  }

  /** The same to a visitor who wants media types as a browser does. */
  String visit(String host, String path, String accept) throws Exception {
    Process curl =
        new ProcessBuilder(
                "curl",
                "-sSi",
                "--max-time",
                "30",
                "--header",
                "Accept: " + accept,
                "--resolve",
                host + ":" + port + ":127.0.0.1",
                "http://" + host + ":" + port + path)
            .redirectErrorStream(true)
            .start();
    return new String(curl.getInputStream().readAllBytes(), UTF_8);
  }

  /** What an app answers; curl finds {@code *.localhost}, the JDK does not. */
  String app(String host, String path) throws Exception {
    Process curl =
        new ProcessBuilder("curl", "-sS", "--max-time", "30", "http://" + host + ":" + port + path)
            .redirectErrorStream(true)
            .start();
    return new String(curl.getInputStream().readAllBytes(), UTF_8);
  }

  @Override
  public void close() {
    kill();
    http.close();
  }

  /** What the API answered. */
  record Answer(int status, String body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }
  }
}
