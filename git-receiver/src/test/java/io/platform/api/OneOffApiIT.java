package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutEnd;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import io.platform.slug.ProcessTypes;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands of users over WebSockets, with real processes. */
@Timeout(120)
class OneOffApiIT {
  private static final String SHOP = "/api/v1/apps/acme/shop";
  private static final int LARGE = 5 << 20;

  /** The channel of the last message. */
  private static final int STATUS = 3;

  @TempDir Path data;
  private TestPlatform platform;
  private OneMachine machine;
  private App app;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data.resolve("platform"));
    Path work = Files.createDirectory(data.resolve("machine"));
    machine = new OneMachine(work, OneMachine.settings(work, Isolation.WHERE_POSSIBLE, ""));
    platform.oneOffs = machine.processes.oneOffs();
    app = platform.app("shop");
  }

  @AfterEach
  void stop() {
    machine.close();
    platform.close();
  }

  private void release() {
    ReleaseVersion version = platform.built(app, new ProcessTypes(Map.of("web", "node server.js")));
    platform.stores.releases().rolledOut(app.id(), version, new RolloutEnd.Live());
  }

  @Test
  void passesInputOutputErrorsAndTheExitCode() throws Exception {
    release();
    byte[] bytes = new byte[LARGE];
    new Random(1).nextBytes(bytes);
    Connection connection = new Connection(connect("dev", "/run"));
    connection.text(
        7,
        "{\"command\": \"cat; echo $GREETING >&2; exit 42\", \"environment\": {\"GREETING\": \"hello\"}}");
    for (int at = 0; at < bytes.length; at += 32_000) {
      connection.send(0, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 32_000)));
    }
    connection.send(255, new byte[1]);
    connection.awaitEnd();
    assertThat(Arrays.equals(connection.of(1), bytes)).isTrue();
    assertThat(connection.textOf(2)).isEqualTo("hello\n");
    assertThat(connection.textOf(3)).isEqualTo("{\"exit_code\":42}");
    assertThat(connection.textOf(6)).contains("\"release\":\"v1\"").contains("\"name\":\"run.");
  }

  @Test
  void givesATerminalAndItsSizeAndPassesSignals() throws Exception {
    release();
    Connection connection = new Connection(connect("dev", "/run"));
    connection.text(
        7,
        "{\"command\": \"stty size; echo $TERM; exec bash --norc --noprofile -i\", \"terminal\": {\"columns\": 101, \"rows\": 33, \"type\": \"xterm\"}}");
    connection.awaitOutput("33 101");
    connection.awaitOutput("xterm");
    connection.text(4, "{\"columns\": 120, \"rows\": 40}");
    connection.text(0, "stty size\n");
    connection.awaitOutput("40 120");
    connection.text(5, "KILL");
    connection.awaitEnd();
    assertThat(connection.textOf(3)).isEqualTo("{\"exit_code\":137}");
  }

  @Test
  void makesAProcessWaitForAClientThatDoesNotRead() throws Exception {
    release();
    Connection connection = new Connection(connect("dev", "/run"), 1);
    connection.text(
        7,
        "{\"command\": \"i=0; while head -c 65536 /dev/zero; do i=$((i+1)); echo $i >count; done\"}");
    AtomicReference<String> before = new AtomicReference<>("");
    await()
        .pollInterval(Duration.ofMillis(700))
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          String now = count();
          return !now.isEmpty() && now.equals(before.getAndSet(now));
        });
    assertThat(Integer.parseInt(count().strip())).isLessThan(1000); // 64 MB
    connection.socket.abort();
    OneMachine.eventually(() -> machine.processes.oneOffs().list(app).isEmpty());
  }

  private String count() throws IOException {
    try (Stream<Path> files =
        Files.find(
            data.resolve("machine/work/apps"), 6, (path, is) -> path.endsWith("app/count"))) {
      var file = files.findFirst();
      return file.isPresent() ? Files.readString(file.get()) : "";
    }
  }

  @Test
  void endsTheProcessOfAClientThatGoes() throws Exception {
    release();
    Connection connection = new Connection(connect("dev", "/run"));
    connection.text(7, "{\"command\": \"echo up; exec sleep 1000\"}");
    connection.awaitOutput("up");
    assertThat(
            new Client(platform, "dev")
                .get(SHOP + "/processes")
                .json()
                .path(0)
                .path("command")
                .asText())
        .isEqualTo("echo up; exec sleep 1000");
    connection.socket.abort();
    OneMachine.eventually(() -> machine.processes.oneOffs().list(app).isEmpty());
  }

  @Test
  void tellsAClientThatTheServerStops() throws Exception {
    release();
    Connection connection = new Connection(connect("dev", "/run"));
    connection.text(7, "{\"command\": \"echo up; exec sleep 1000\"}");
    connection.awaitOutput("up");

    platform.longRequests.close();

    connection.awaitEnd();
    assertThat(connection.textOf(3))
        .contains("The platform is stopping, which ends this connection")
        .contains("\"status\":503");
    OneMachine.eventually(() -> machine.processes.oneOffs().list(app).isEmpty());
  }

  @Test
  void runsDetachedAndStops() throws Exception {
    release();
    Client dev = new Client(platform, "dev");
    Client.Answer started = dev.post(SHOP + "/run", "{\"command\": \"exec sleep 1000\"}");
    assertThat(started.status()).isEqualTo(201);
    String name = started.json().path("name").asText();
    assertThat(name).startsWith("run.");
    assertThat(dev.post(SHOP + "/processes/restart", "{\"process\": \"" + name + "\"}").status())
        .isEqualTo(409);
    assertThat(dev.post(SHOP + "/processes/stop", "{\"process\": \"" + name + "\"}").status())
        .isEqualTo(202);
    OneMachine.eventually(() -> machine.processes.oneOffs().list(app).isEmpty());
    assertThat(new Client(platform, "vic").post(SHOP + "/run", "{\"command\": \"ls\"}").status())
        .isEqualTo(403);
    assertThat(dev.post(SHOP + "/run", "{\"command\": \" \"}").status()).isEqualTo(422);
  }

  @Test
  void refusesAtTheUpgradeWhoMayNot() {
    assertThat(refusal("", "/run")).isEqualTo(401);
    assertThat(refusal("vic", "/run")).isEqualTo(403);
    assertThat(refusal("vic", "/exec")).isEqualTo(403);
    assertThat(refusal("vic", "/processes/web.1/ports/80")).isEqualTo(403);
    assertThat(refusal("eve", "/run")).isEqualTo(404);
  }

  @Test
  void saysWhatCannotBeStarted() throws Exception {
    assertThat(refused("/run", "{\"command\": \"ls\"}"))
        .contains("has no release to run a command of")
        .contains("\"status\":409");
    release();
    assertThat(refused("/run", "{\"command\": \"ls\", \"environment\": {\"PORT\": \"1\"}}"))
        .contains("'PORT' cannot be a variable");
    assertThat(refused("/run", "no json")).contains("not well-formed JSON");
    assertThat(refused("/exec", "{\"command\": \"ls\", \"process\": \"web.7\"}"))
        .contains("acme/shop has no process web.7 that runs")
        .contains("\"status\":404");
    assertThat(refused("/exec", "{\"command\": \"ls\"}")).contains("names no process");
    Connection port = new Connection(connect("dev", "/processes/web.1/ports/80"));
    port.awaitEnd();
    assertThat(port.textOf(3)).contains("no process web.1 that runs").contains("\"status\":404");
  }

  private String refused(String path, String start) throws Exception {
    Connection connection = new Connection(connect("dev", path));
    connection.text(7, start);
    connection.awaitEnd();
    return connection.textOf(3);
  }

  @Test
  void givesAProcessNoSizeBeyondTheLimits() throws Exception {
    release();
    Client dev = new Client(platform, "dev");
    Client.Answer large = dev.post(SHOP + "/run", "{\"command\": \"ls\", \"memory\": \"2T\"}");
    assertThat(large.status()).isEqualTo(422);
    assertThat(large.text())
        .contains("A one-off process cannot have 2T of memory: choose from 16M to 1T.");
    Client.Answer small = dev.post(SHOP + "/run", "{\"command\": \"ls\", \"cpu\": 0.001}");
    assertThat(small.status()).isEqualTo(422);
    assertThat(small.text()).contains("cannot have 0.001 CPU: choose from 0.01 to 128.");
  }

  @Test
  void limitsTheProcessesOfAnAppAlsoWhereManyStartAtOnce() throws Exception {
    release();
    List<Callable<Integer>> starts =
        Collections.nCopies(
            30,
            () ->
                new Client(platform, "dev")
                    .post(SHOP + "/run", "{\"command\": \"exec sleep 1000\"}")
                    .status());
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> start : users.invokeAll(starts)) {
        statuses.add(start.get());
      }
    }
    assertThat(statuses).containsOnly(201, 409);
    assertThat(statuses.stream().filter(status -> status == 201).count()).isBetween(1L, 10L);
    assertThat(machine.processes.oneOffs().list(app).size()).isBetween(1, 10);
  }

  @Test
  void endsAConnectionWhoseFirstMessageStartsNothing() throws Exception {
    release();
    for (int channel : new int[] {0, 5, 255}) {
      Connection connection = new Connection(connect("dev", "/run"));
      connection.text(channel, "INT");
      connection.awaitEnd();
      assertThat(connection.of(3)).isEmpty();
    }
    assertThat(machine.processes.oneOffs().list(app)).isEmpty();
  }

  @Test
  void startsAProcessWhoseTerminalChangedBefore() throws Exception {
    release();
    Connection connection = new Connection(connect("dev", "/run"));
    connection.text(4, "{\"columns\": 80, \"rows\": 24}");
    connection.send(0, new byte[0]);
    connection.text(7, "{\"command\": \"echo up\"}");
    connection.awaitEnd();
    assertThat(connection.textOf(1)).isEqualTo("up\n");
  }

  @Test
  void limitsTheConnectionsOfAUser() throws Exception {
    release();
    List<Connection> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      open.add(new Connection(connect("dev", "/run")));
      open.forEach(Connection::keepAlive);
    }
    Connection more = new Connection(connect("dev", "/run"));
    more.awaitEnd();
    assertThat(more.textOf(3)).contains("You have 20 connections to processes");
    open.forEach(connection -> connection.socket.abort());
    await().untilAsserted(() -> assertThat(refused("/run", "{}")).contains("The command is empty"));
  }

  private int refusal(String token, String path) {
    try {
      new Connection(connect(token, path)).socket.abort();
      return 101;
    } catch (CompletionException e) {
      WebSocketHandshakeException refused = (WebSocketHandshakeException) e.getCause();
      return requireNonNull(refused).getResponse().statusCode();
    }
  }

  private CompletableFuture<WebSocket> socket(String token, String path, WebSocket.Listener to) {
    WebSocket.Builder builder = platform.http.newWebSocketBuilder();
    if (!token.isEmpty()) {
      builder.header("Authorization", "Bearer " + token);
    }
    URI uri = URI.create(platform.base.toString().replace("http:", "ws:") + SHOP + path);
    return builder.buildAsync(uri, to);
  }

  private interface Connect {
    CompletableFuture<WebSocket> to(WebSocket.Listener listener);
  }

  private Connect connect(String token, String path) {
    return listener -> socket(token, path, listener);
  }

  /** What a client hears, by channel. */
  private static final class Connection implements WebSocket.Listener {
    private final ByteArrayOutputStream[] channels = new ByteArrayOutputStream[256];
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final WebSocket socket;
    private final int most;
    private int heard;

    Connection(Connect connect) {
      this(connect, Integer.MAX_VALUE);
    }

    /** One that reads so many messages. */
    Connection(Connect connect, int most) {
      Arrays.setAll(channels, i -> new ByteArrayOutputStream());
      this.most = most;
      this.socket = connect.to(this).join();
    }

    @Override
    public void onOpen(WebSocket webSocket) {
      webSocket.request(1);
    }

    @Override
    public synchronized CompletionStage<?> onBinary(
        WebSocket webSocket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      message.writeBytes(bytes);
      if (last) {
        byte[] whole = message.toByteArray();
        message.reset();
        channels[whole[0] & 0xff].write(whole, 1, whole.length - 1);
        heard++;
        if (whole[0] == STATUS) {
          // The JDK misses the end of a connection that comes together with a message.
          ended.complete(null);
        }
      }
      if (heard < most) {
        webSocket.request(1);
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      ended.complete(null);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      ended.completeExceptionally(error);
    }

    void send(int channel, byte[] data) {
      ByteBuffer whole = ByteBuffer.allocate(data.length + 1);
      whole.put((byte) channel).put(data).flip();
      socket.sendBinary(whole, true).join();
    }

    /** The server ends a connection that is silent for long, as on a busy machine. */
    void keepAlive() {
      send(0, new byte[0]);
    }

    void text(int channel, String text) {
      send(channel, text.getBytes(UTF_8));
    }

    synchronized byte[] of(int channel) {
      return channels[channel].toByteArray();
    }

    String textOf(int channel) {
      return new String(of(channel), UTF_8);
    }

    void awaitOutput(String text) {
      OneMachine.eventually(() -> textOf(1).contains(text));
    }

    void awaitEnd() {
      ended.join();
    }
  }
}
