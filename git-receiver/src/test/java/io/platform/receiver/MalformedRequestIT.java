package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no git sends: each is answered with what is wrong with it. */
class MalformedRequestIT {
  private static final String ZERO = "0".repeat(40);
  private static final String ONE = "1".repeat(40);

  @TempDir Path temp;
  private final HttpClient http = HttpClient.newHttpClient();
  private TestReceiver receiver;
  private App app;
  private RawGit raw;

  @BeforeEach
  void start() throws IOException {
    receiver = TestReceiver.start(temp);
    app = receiver.app("shop");
    raw = new RawGit(receiver, TestReceiver.TOKEN);
    Git.repository(temp, "work").remote(receiver.url(app)).push("main").succeeded();
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(receiver.quarantined(app)).isEmpty();
    raw.close();
    http.close();
    receiver.close();
  }

  private HttpResponse<String> post(String service, String version, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var request =
        raw.request("/acme/shop.git/git-" + service)
            .header("Content-Type", "application/x-git-%s-request".formatted(service))
            .header("Git-Protocol", "version=" + version)
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String line(String text) {
    return "%04x%s".formatted(text.length() + 4, text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          zzzz, begins with "zzzz" in place of its length
          0003, has the length 3
          fff9aaaa, the longest line has 65520
          0032want, is cut off
          '', is empty
          """)
  void saysWhatIsWrongWithLines(String body, String words) throws Exception {
    for (String version : new String[] {"0", "2"}) {
      assertThat(post("upload-pack", version, bytes(body)).body()).contains("ERR ", words);
    }
    assertThat(post("receive-pack", "0", bytes(body)).body()).contains("ERR ", words);
  }

  @Test
  void saysWhatIsWrongWithCommands() throws Exception {
    assertThat(post("receive-pack", "0", bytes(line("hello") + "0000")).body())
        .contains("ERR The request does not follow git's protocol: line 1 is no command");
    assertThat(
            post("receive-pack", "0", bytes(line(ZERO + " " + ONE + " refs/heads/x\0 atomic")))
                .body())
        .contains("does not take atomic pushes");
    assertThat(post("upload-pack", "2", bytes(line("command=destroy") + "0000")).body())
        .contains("ERR ", "destroy");
    assertThat(post("upload-pack", "0", bytes(line("wish " + ONE + "\n") + "0000")).body())
        .contains("ERR ", "wish");
    assertThat(post("upload-pack", "0", bytes(line("want zzz\n") + "0000" + line("done\n"))).body())
        .contains("ERR ", "zzz");
    assertThat(
            post(
                    "upload-pack",
                    "2",
                    bytes(
                        line("command=fetch") + "0001" + line("want zzz") + line("done") + "0000"))
                .body())
        .contains("ERR ", "zzz");
  }

  @Test
  void saysWhatIsWrongWithWhatComesBeforeACommand() throws Exception {
    for (String body : new String[] {"0001", "0001".repeat(1000) + "0003"}) {
      assertThat(post("upload-pack", "2", bytes(body)).body()).contains("ERR The request does not");
    }
    String haves = line("have " + ONE + "\n").repeat(100_001);
    assertThat(
            post("upload-pack", "2", RawGit.gzip(bytes(haves)), "Content-Encoding", "gzip").body())
        .contains("ERR The request has more than 100000 have lines");
  }

  @Test
  void usesTheSideBandWhereTheClientReadsIt() throws Exception {
    String body = line(ZERO + " " + ONE + " refs/heads/x\0 side-band-64k") + "00";
    assertThat(post("receive-pack", "0", bytes(body)).body())
        .contains("\3The request does not follow git's protocol: line 2 is cut off")
        .endsWith("0000");
  }

  @Test
  void saysThatABodyIsNotCompressed() throws Exception {
    for (String service : new String[] {"receive-pack", "upload-pack"}) {
      assertThat(post(service, "0", bytes("0000 no gzip"), "Content-Encoding", "gzip").body())
          .contains("ERR The request says that it is compressed with gzip, and it is not.");
    }
    byte[] half = java.util.Arrays.copyOf(RawGit.gzip(bytes(line("hello") + "0000")), 12);
    assertThat(post("receive-pack", "0", half, "Content-Encoding", "gzip").body())
        .contains("cannot be decompressed");
  }

  @Test
  void saysWhichTypeABodyMustHave() throws Exception {
    HttpResponse<String> answer =
        http.send(
            raw.request("/acme/shop.git/git-receive-pack")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("0000"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("application/x-git-receive-pack-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload-pack", "receive-pack"})
  void aBodyThatIsNoHttp(String service) throws Exception {
    String credentials = Base64.getEncoder().encodeToString(bytes("git:" + TestReceiver.TOKEN));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
      socket
          .getOutputStream()
          .write(
              bytes(
                  """
                  POST /acme/shop.git/git-%s HTTP/1.1\r
                  Host: localhost\r
                  Authorization: Basic %s\r
                  Content-Type: application/x-git-%s-request\r
                  Transfer-Encoding: chunked\r
                  \r
                  no number of bytes\r
                  """
                      .formatted(service, credentials, service)));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("not valid HTTP");
    }
  }
}
