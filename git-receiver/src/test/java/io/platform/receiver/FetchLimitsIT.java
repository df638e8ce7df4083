package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.git.http.fetch.FetchLimits;
import io.platform.git.push.PushLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetches that no git client would send. */
class FetchLimitsIT {
  private static final String PATH = "/acme/shop.git";

  @TempDir Path temp;
  private TestReceiver receiver;
  private App app;
  private Git git;
  private RawGit raw;

  @BeforeEach
  void start() throws IOException {
    receiver = TestReceiver.start(temp);
    app = receiver.app("shop");
    git = Git.repository(temp, "work").remote(receiver.url(app));
    raw = new RawGit(receiver, TestReceiver.VIEWER);
  }

  private void restart(FetchLimits limits) throws IOException {
    stop();
    receiver = new TestReceiver(temp, PushLimits.defaults(), limits);
    raw = new RawGit(receiver, TestReceiver.VIEWER);
  }

  @AfterEach
  void stop() {
    raw.close();
    receiver.close();
  }

  @ParameterizedTest
  @CsvSource({"want,10000", "have,100000"})
  void refusesMillionsOfObjects(String kind, int most) throws Exception {
    byte[] body = v2(kind, 1_000_000, FetchLimitsIT::spreadId);
    assertThat(fetch(body, "2"))
        .contains("ERR The request has more than %d %s lines.".formatted(most, kind));
  }

  @Test
  void refusesMillionsOfObjectsInTheOldProtocol() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(line("want %s ofs-delta agent=test\n".formatted(spreadId(0))));
    for (int i = 1; i < 200_000; i++) {
      body.writeBytes(line("want %s\n".formatted(spreadId(i))));
    }
    body.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(line("done\n"));
    assertThat(fetch(body.toByteArray(), "0"))
        .contains("The request has more than 10000 want lines.");
  }

  @Test
  void refusesIdsThatShareTheirHash() throws Exception {
    byte[] body = v2("want", 9_000, i -> "%08x".formatted(i) + "12345678" + "0".repeat(24));
    assertThat(fetch(body, "2"))
        .contains("ERR The object ids in the request are not those of a repository.");
  }

  @Test
  void refusesWhatDecompressesToTooMuch() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(line("command=ls-refs\n"));
      byte[] lines = line("x".repeat(60_000) + "\n");
      for (int i = 0; i < 1_000; i++) {
        gzip.write(lines);
      }
    }
    assertThat(fetchPacked(packed.toByteArray(), "2"))
        .contains("ERR The request is larger than 8 MiB.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ref-prefix refs/heads/x", "server-option=x"})
  void refusesThousandsOfOtherLines(String text) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(line("command=ls-refs\n"));
    for (int i = 0; i < 10_000; i++) {
      body.writeBytes(line(text + "\n"));
    }
    body.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
    assertThat(fetch(body.toByteArray(), "2")).contains("ERR The request has more than 5000 ");
  }

  @Test
  void endsAFetchThatComputesTooLong() throws Exception {
    for (int i = 0; i < 200; i++) {
      git.write("file-" + i, "content " + i);
    }
    git.commit("Second");
    git.push("main").succeeded();
    restart(FetchLimits.defaults().withCpuTime(Duration.ofNanos(1)));
    assertThat(git.run("clone", receiver.url(app), "../cloned").failed().text())
        .contains("processor time");
  }

  @Test
  void endsAFetchThatTakesTooMuchMemory() throws Exception {
    for (int i = 0; i < 200; i++) {
      git.write("file-" + i, "content " + i);
    }
    git.commit("Second");
    git.push("main").succeeded();
    restart(FetchLimits.defaults().withMemory(10_000));
    assertThat(git.run("clone", receiver.url(app), "../cloned").failed().text())
        .contains("it takes more memory than this server has for fetches");
  }

  @Test
  void tellsThatOthersUseTheMemory() throws Exception {
    git.push("main").succeeded();
    restart(
        FetchLimits.defaults().withTurns(4, 4, 4, Duration.ofMillis(100)).withMemory(2_000_000));
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), receiver.port());
        RawGit other = new RawGit(receiver, TestReceiver.TOKEN)) {
      occupy(slow);
      await()
          .untilAsserted(() ->
              assertThat(fetch(v2("want", 1, FetchLimitsIT::spreadId), "2"))
                  .contains("Other fetches use the memory that this server has for them."));
      // One user's fetches take a half.
      assertThat(other.get(PATH + "/info/refs?service=git-upload-pack").statusCode())
          .isEqualTo(200);
      git.run("clone", "-q", receiver.url(app), "../others").succeeded();
    }
    receiver.awaitEndOf("/git-upload-pack");
    git.run("clone", "-q", receiver.url(app), "../cloned").succeeded();
  }

  @Test
  void tellsThatItIsBusyAndRecovers() throws Exception {
    git.push("main").succeeded();
    restart(FetchLimits.defaults().withTurns(1, 1, 1, Duration.ofMillis(100)));
    raw = new RawGit(receiver, TestReceiver.TOKEN);
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
      occupy(slow);
      // Until the slow one has the only thread.
      HttpResponse<String> answer = awaitRefusal(PATH + "/info/refs?service=git-upload-pack");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
      assertThat(answer.body()).contains("busy");
    }
    receiver.awaitEndOf("/git-upload-pack");
    git.run("clone", "-q", receiver.url(app), "../cloned").succeeded();
  }

  @Test
  void leavesTurnsToOtherUsers() throws Exception {
    git.push("main").succeeded();
    restart(FetchLimits.defaults().withTurns(4, 1, 4, Duration.ofMillis(100)));
    String refs = PATH + "/info/refs?service=git-upload-pack";
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), receiver.port());
        RawGit other = new RawGit(receiver, TestReceiver.TOKEN)) {
      occupy(slow);
      // Until the slow one has the user's only turn.
      HttpResponse<String> answer = awaitRefusal(refs);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
      assertThat(answer.body())
          .contains("You have as many fetches at the same time as one user may (1).");
      assertThat(other.get(refs).statusCode()).isEqualTo(200);
    }
    receiver.awaitEndOf("/git-upload-pack");
    git.run("clone", "-q", receiver.url(app), "../cloned").succeeded();
  }

  @Test
  void endsARequestThatComesTooSlowly() throws Exception {
    git.push("main").succeeded();
    restart(FetchLimits.defaults().withRate(1 << 20, Duration.ofMillis(300)));
    ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    beginning.writeBytes(line("command=fetch\n"));
    beginning.writeBytes("0001".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 2_000; i++) {
      beginning.writeBytes(line("have %s\n".formatted(spreadId(i))));
    }
    beginning.writeBytes("fff0".getBytes(StandardCharsets.US_ASCII)); // of a line that never ends
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
      begin(slow, beginning.toByteArray(), 2 * beginning.size());
      slow.setSoTimeout(20);
      int first = -1;
      while (first < 0) {
        try {
          first = slow.getInputStream().read();
          assertThat(first).as("closed without an answer").isNotNegative();
        } catch (SocketTimeoutException e) {
          slow.getOutputStream().write('0');
        }
      }
      slow.setSoTimeout(0);
      // The server goes on to read what the client sends after the answer.
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("The request came more slowly than 1048576 bytes a second.") < 0) {
        int next = slow.getInputStream().read();
        assertThat(next).as(answer.toString()).isNotNegative();
        answer.append((char) next);
      }
    }
  }

  @Test
  void endsAFetchThatIsReadTooSlowly() throws Exception {
    byte[] large = new byte[32 << 20];
    new Random(1).nextBytes(large);
    git.write("large", large);
    git.commit("Large");
    git.push("main").succeeded();
    restart(FetchLimits.defaults().withRate(32 << 20, Duration.ofMillis(300)));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(line("command=fetch\n"));
    body.writeBytes("0001".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(line("want %s\n".formatted(git.head())));
    body.writeBytes(line("done\n"));
    body.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
    // Closed in the opposite order: a read that waits ends with the socket.
    try (ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
        Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.port()));
      begin(slow, body.toByteArray(), body.size());
      ScheduledFuture<?> _ =
          reader.scheduleWithFixedDelay(() -> readPiece(slow), 0, 1, TimeUnit.MILLISECONDS);
      receiver.awaitEndOf("/git-upload-pack");
    }
  }

  private HttpResponse<String> awaitRefusal(String path) {
    return await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(1))
        .until(() -> raw.get(path), answer -> answer.statusCode() != 200);
  }

  /** The last one throws: the connection is closed. */
  private static void readPiece(Socket socket) {
    try {
      socket.getInputStream().readNBytes(256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends more than what is read ahead, and not all: a git thread waits for the rest. */
  private void occupy(Socket slow) throws IOException, InterruptedException {
    byte[] beginning = v2("have", 2_000, FetchLimitsIT::spreadId);
    begin(slow, beginning, beginning.length + 1);
    receiver.awaitBeginOf("/git-upload-pack");
  }

  private static void begin(Socket socket, byte[] body, int length) throws IOException {
    List<String> head =
        List.of(
            "POST %s/git-upload-pack HTTP/1.1".formatted(PATH),
            "Host: localhost",
            "Authorization: Basic " + credentials(),
            "Git-Protocol: version=2",
            "Content-Type: application/x-git-upload-pack-request",
            "Content-Length: " + length,
            "",
            "");
    OutputStream out = socket.getOutputStream();
    out.write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  @Test
  void answersOthersWhileManyCompute() throws Exception {
    List<Socket> gone = new ArrayList<>();
    byte[] body = v2("want", 9_900, FetchLimitsIT::spreadId);
    for (int i = 0; i < 10; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port());
      begin(socket, body, body.length);
      gone.add(socket);
    }
    for (Socket socket : gone) {
      socket.close();
    }
    assertThat(raw.get(PATH + "/info/refs?service=git-upload-pack").statusCode()).isEqualTo(200);
  }

  private static String credentials() {
    return Base64.getEncoder()
        .encodeToString(("git:" + TestReceiver.VIEWER).getBytes(StandardCharsets.UTF_8));
  }

  private String fetch(byte[] body, String version) throws IOException, InterruptedException {
    return fetchPacked(RawGit.gzip(body), version);
  }

  private String fetchPacked(byte[] packed, String version)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        raw.request(PATH + "/git-upload-pack")
            .header("Content-Type", "application/x-git-upload-pack-request")
            .header("Content-Encoding", "gzip")
            .header("Git-Protocol", "version=" + version)
            .POST(RawGit.bytes(packed));
    return raw.send(request.build()).body();
  }

  private static byte[] v2(String kind, int count, IntFunction<String> id) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(line("command=fetch\n"));
    body.writeBytes("0001".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < count; i++) {
      body.writeBytes(line("%s %s\n".formatted(kind, id.apply(i))));
    }
    body.writeBytes(line("done\n"));
    body.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  /** Ids as far apart as hashes are. */
  private static String spreadId(int i) {
    return "%08x%08x".formatted(i * 0x9E3779B9, i * 0x85EBCA6B) + "a".repeat(24);
  }

  private static byte[] line(String text) {
    return "%04x%s".formatted(text.length() + 4, text).getBytes(StandardCharsets.US_ASCII);
  }
}
