package io.platform.slug.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SiteHandlerTest {
  @TempDir Path temporary;
  private Path root;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(temporary.resolve("site")).toRealPath();
    Files.writeString(root.resolve("index.html"), "home", StandardCharsets.UTF_8);
    Files.writeString(root.resolve("data.bin"), "0123456789", StandardCharsets.UTF_8);
    Files.createDirectory(root.resolve("docs"));
    Files.writeString(root.resolve("docs/index.html"), "docs", StandardCharsets.UTF_8);
    Files.createFile(root.resolve("empty.css"));
    Files.writeString(root.resolve(".secret"), "secret", StandardCharsets.UTF_8);
    Files.writeString(temporary.resolve("outside"), "outside", StandardCharsets.UTF_8);
    Files.createSymbolicLink(root.resolve("out"), temporary.resolve("outside"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", new SiteHandler(root));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void servesFilesAndDirectories() throws Exception {
    assertThat(get("/").body()).isEqualTo("home");
    assertThat(get("/docs/").body()).isEqualTo("docs");
    assertThat(get("/empty.css").headers().firstValue("Content-Type"))
        .hasValue("text/css; charset=utf-8");
    HttpResponse<String> redirect = get("/docs?a=b");
    assertThat(redirect.statusCode()).isEqualTo(301);
    assertThat(redirect.headers().firstValue("Location")).hasValue("/docs/?a=b");
  }

  @Test
  void hidesWhatIsNotOfTheSite() throws Exception {
    for (String path :
        new String[] {
          "/.secret", "/out", "/docs/%2e%2e/.secret", "/%2e%2e/outside", "/a%00b", "/index.html/"
        }) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void followsNoLinkOutOfTheSiteOrToWhatIsHidden() throws Exception {
    Files.createSymbolicLink(root.resolve("hidden"), Path.of(".secret"));
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("same"), Path.of("data.bin"));
    Files.createSymbolicLink(root.resolve("404.html"), temporary.resolve("outside"));
    for (String path : new String[] {"/hidden", "/up/outside", "/up/site/data.bin/", "/nowhere"}) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).as(path).isEqualTo("There is no such page.\n");
    }
    assertThat(get("/same").body()).isEqualTo("0123456789");
  }

  @Test
  void endsTheAnswerWhereAFileBecomesShorter() throws Exception {
    Path large = root.resolve("large.bin");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw");
        Socket client =
            new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
      file.setLength(64 << 20);
      client.setSoTimeout(20_000);
      client
          .getOutputStream()
          .write("GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream answer = client.getInputStream();
      assertThat(new String(answer.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");

      file.setLength(0);

      assertThat(answer.transferTo(OutputStream.nullOutputStream())).isLessThan(64 << 20);
    }
  }

  @Test
  void answersWithItsOwn404Page() throws Exception {
    Files.writeString(root.resolve("404.html"), "lost", StandardCharsets.UTF_8);
    HttpResponse<String> answer = get("/nowhere");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("lost");
  }

  @Test
  void answersConditions() throws Exception {
    HttpResponse<String> whole = get("/data.bin");
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    String modified = whole.headers().firstValue("Last-Modified").orElseThrow();
    assertThat(get("/data.bin", "If-None-Match", "\"x\", " + tag).statusCode()).isEqualTo(304);
    assertThat(get("/data.bin", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(get("/data.bin", "If-Modified-Since", modified).statusCode()).isEqualTo(304);
    assertThat(get("/data.bin", "If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT").statusCode())
        .isEqualTo(200);
  }

  @Test
  void answersRanges() throws Exception {
    HttpResponse<String> part = get("/data.bin", "Range", "bytes=2-4");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("234");
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
    assertThat(get("/data.bin", "Range", "bytes=-3").body()).isEqualTo("789");
    assertThat(get("/data.bin", "Range", "bytes=8-").body()).isEqualTo("89");
    assertThat(get("/data.bin", "Range", "bytes=5-2").statusCode()).isEqualTo(200);
    HttpResponse<String> beyond = get("/data.bin", "Range", "bytes=10-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */10");
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    HttpResponse<String> head =
        send(request("/data.bin").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.headers().firstValue("Content-Length")).hasValue("10");
    assertThat(head.body()).isEmpty();
    assertThat(send(request("/").POST(HttpRequest.BodyPublishers.noBody())).statusCode())
        .isEqualTo(405);
  }

  @Test
  void redirectsToNoOtherHost() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET //docs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).doesNotContain("Location: //");
    }
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
