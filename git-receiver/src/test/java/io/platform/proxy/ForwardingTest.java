package io.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void handsOnMethodTargetAndHeadersAsTheyCame() throws Exception {
    try (RawApp app = RawApp.answering(OK);
        Front front = new Front().to(app.port())) {
      String answer =
          front.exchange(
              "pUrge /a/../b%2Fc;x=1//d?q=[1]|{}\\^`\"<>&e= HTTP/1.1\r\nHost: shop-acme.localhost:8080\r\nX-oDD: 1\r\nx-odd: 2\r\nCookie: a=\"b\"; c\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("ok");
      assertThat(app.saw())
          .startsWith("pUrge /a/../b%2Fc;x=1//d?q=[1]|{}\\^`\"<>&e= HTTP/1.1\r\n")
          .contains(
              "\r\nHost: shop-acme.localhost:8080\r\n",
              "\r\nX-oDD: 1\r\nx-odd: 2\r\n",
              "\r\nCookie: a=\"b\"; c\r\n")
          .doesNotContain("User-Agent", "Accept-Encoding", "Content-Type", "Via", "Connection");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?",
        "/a?",
        "//x/y",
        "/a/%2e%2e/b",
        "/a;x=1/..;/b",
        "/a%2Fb",
        "/a\\b",
        "/a//b/./c",
        "/?a=%u1234&%zz",
        "/a?b?c",
        "/a#b",
        "/{x}|y"
      })
  void carriesOddTargets(String target) throws Exception {
    try (RawApp app = RawApp.answering(OK);
        Front front = new Front().to(app.port())) {
      assertThat(front.get(Front.HOST, target)).startsWith("HTTP/1.1 200");
      assertThat(app.saw()).startsWith("GET " + target + " HTTP/1.1\r\n");
    }
  }

  @Test
  void encodesWhatIsNotAscii() throws Exception {
    try (RawApp app = RawApp.answering(OK);
        Front front = new Front().to(app.port())) {
      String utf8 =
          new String("/ä?ö".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      assertThat(front.get(Front.HOST, utf8)).startsWith("HTTP/1.1 200");
      assertThat(app.saw()).startsWith("GET /%C3%A4?%C3%B6 HTTP/1.1\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%zz", "/a%00b", "/../../etc", "/%2e%2e/", "/..;/x", "x"})
  void refusesPathsThatAreBrokenOrLeaveTheRoot(String target) throws Exception {
    try (Front front = new Front()) {
      assertThat(front.get(Front.HOST, target)).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void carriesOptionsForTheWholeServer() throws Exception {
    try (RawApp app = RawApp.answering(OK);
        Front front = new Front().to(app.port())) {
      assertThat(
              front.exchange(
                  "OPTIONS * HTTP/1.1\r\nHost: shop-acme.localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(app.saw()).startsWith("OPTIONS * HTTP/1.1\r\n");
    }
  }

  @Test
  void tellsTheAppWhoAskedAndBelievesNoClient() throws Exception {
    try (RawApp app = RawApp.answering(OK);
        Front front = new Front().to(app.port())) {
      front.get(
          "shop-acme.localhost:1234",
          "/",
          "X-Forwarded-For: 6.6.6.6",
          "x-forwarded-proto: https",
          "X-Forwarded-Host: evil",
          "X-Forwarded-Port: 1",
          "X_Forwarded_For: 6.6.6.6",
          "X-Forwarded-Prefix: /admin",
          "Forwarded: for=6.6.6.6");
      assertThat(app.saw())
          .contains(
              "\r\nX-Forwarded-For: 127.0.0.1\r\n",
              "\r\nX-Forwarded-Proto: http\r\n",
              "\r\nX-Forwarded-Host: shop-acme.localhost:1234\r\n",
              "\r\nX-Forwarded-Port: " + front.port() + "\r\n")
          .doesNotContain("6.6.6.6", "evil", "https", "/admin");
    }
  }

  @Test
  void believesTheLoadBalancerThatIsTrusted() throws Exception {
    try (RawApp app = RawApp.answering(OK);
        Front front =
            new Front(ProxySettings.standard().withTrustedPeer(InetAddress::isLoopbackAddress))
                .to(app.port())) {
      front.get(
          Front.HOST,
          "/",
          "X-Forwarded-For: 9.9.9.9",
          "X-Forwarded-Proto: https",
          "X-Forwarded-Port: 443");
      assertThat(app.saw())
          .contains(
              "\r\nX-Forwarded-For: 9.9.9.9, 127.0.0.1\r\n",
              "\r\nX-Forwarded-Proto: https\r\n",
              "\r\nX-Forwarded-Port: 443\r\n");
    }
  }

  @Test
  void keepsAGoodRequestIdAndMakesOneOtherwise() throws Exception {
    try (RawApp app = RawApp.answering(OK);
        Front front = new Front().to(app.port())) {
      front.get(Front.HOST, "/", "X-Request-Id: abc-123");
      assertThat(app.saw()).contains("\r\nX-Request-Id: abc-123\r\n");
      front.get(Front.HOST, "/");
      assertThat(app.saw()).containsPattern("\r\nX-Request-Id: [0-9a-f-]{36}\r\n");
      front.get(Front.HOST, "/", "X-Request-Id: a b\" onload");
      assertThat(app.saw()).containsPattern("\r\nX-Request-Id: [0-9a-f-]{36}\r\n");
    }
  }

  @Test
  void keepsHeadersOfOneHopToThemselves() throws Exception {
    try (RawApp app =
            RawApp.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: X-Mine\r\nX-Mine: 1\r\nKeep-Alive: timeout=5\r\nX-Yours: 2\r\n\r\nok");
        Front front = new Front().to(app.port())) {
      String answer =
          front.get(
              Front.HOST,
              "/",
              "Connection: X-Secret, Host, Content-Length",
              "X-Secret: 1",
              "Keep-Alive: 5",
              "Proxy-Connection: x",
              "TE: trailers, gzip");
      assertThat(answer).contains("X-Yours: 2").doesNotContain("X-Mine", "Keep-Alive");
      assertThat(app.saw())
          .contains("\r\nTE: trailers\r\n", "\r\nHost: ")
          .doesNotContain("X-Secret", "Keep-Alive", "Proxy-Connection", "Upgrade");
    }
  }

  @Test
  void carriesRepeatedAnswerHeadersAndAddsNone() throws Exception {
    try (RawApp app =
            RawApp.answering(
                "HTTP/1.1 299 Odd\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2; $x\r\nDate: yesterday\r\nServer: mine\r\nContent-Encoding: br\r\nX-A: \r\nContent-Length: 2\r\n\r\nok");
        Front front = new Front().to(app.port())) {
      String answer = front.get(Front.HOST, "/");
      assertThat(answer)
          .startsWith("HTTP/1.1 299")
          .contains(
              "Set-Cookie: a=1\r\nSet-Cookie: b=2; $x\r\n",
              "Date: yesterday\r\n",
              "Server: mine\r\n",
              "Content-Encoding: br\r\n",
              "Content-Length: 2\r\n")
          .doesNotContain("Via", "X-Request-Id", "Jetty")
          .containsOnlyOnce("Date:");
    }
  }

  @Test
  void answersHeadWithTheLengthAndNoBody() throws Exception {
    try (RawApp app = RawApp.answering("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n");
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      for (int i = 0; i < 3; i++) {
        wire.send("HEAD / HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n");
        assertThat(wire.readHead()).startsWith("HTTP/1.1 200").contains("Content-Length: 12345");
        assertThat(app.saw()).startsWith("HEAD / ");
      }
    }
  }

  @Test
  void answersWithoutBodyStayWithoutOne() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 999\r\nETag: \"x\"\r\n\r\n");
              wire.readHead();
              wire.send("HTTP/1.1 204 No Content\r\n\r\n");
              wire.readHead();
              wire.send(OK);
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send("GET /1 HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n");
      assertThat(wire.readHead())
          .startsWith("HTTP/1.1 304")
          .contains("ETag: \"x\"")
          .doesNotContain("chunked");
      wire.send("GET /2 HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n");
      assertThat(wire.readHead()).startsWith("HTTP/1.1 204").doesNotContain("chunked");
      wire.send("GET /3 HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n");
      assertThat(wire.readHead()).startsWith("HTTP/1.1 200");
      assertThat(wire.readText(2)).isEqualTo("ok");
    }
  }

  @Test
  void saysContinueWhenTheAppIsReadyAndHidesTheExpectation() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              seen.add(wire.readHead());
              seen.add(wire.readText(5));
              wire.send(OK);
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(
          "POST / HTTP/1.1\r\nHost: shop-acme.localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertThat(wire.readHead()).startsWith("HTTP/1.1 100 Continue");
      wire.send("hello");
      assertThat(wire.readHead()).startsWith("HTTP/1.1 200");
      assertThat(app.saw()).doesNotContain("Expect");
      assertThat(app.saw()).isEqualTo("hello");
    }
  }

  @Test
  void carriesTrailersBothWays() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              seen.add(wire.readHead());
              seen.add(wire.readUntil("0\r\n") + wire.readHead());
              wire.send(
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n");
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(
          "POST / HTTP/1.1\r\nHost: shop-acme.localhost\r\nTransfer-Encoding: chunked\r\nTrailer: X-In\r\n\r\n2\r\nhi\r\n0\r\nX-In: 7\r\n\r\n");
      assertThat(wire.readHead()).contains("Transfer-Encoding: chunked", "Trailer: X-Sum");
      assertThat(wire.readUntil("0\r\n") + wire.readHead())
          .contains("2\r\nok\r\n")
          .endsWith("X-Sum: 42\r\n\r\n");
      assertThat(app.saw()).contains("Trailer: X-In").doesNotContain("Content-Length");
      assertThat(app.saw()).contains("2\r\nhi\r\n").endsWith("X-In: 7\r\n\r\n");
    }
  }

  @Test
  void carriesEarlyHints() throws Exception {
    try (RawApp app =
            RawApp.answering(
                "HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n" + OK);
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send("GET / HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n");
      assertThat(wire.readHead()).startsWith("HTTP/1.1 103").contains("Link: </s.css>");
      assertThat(wire.readHead()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void speaksToClientsOfHttp10() throws Exception {
    try (RawApp app =
            RawApp.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        Front front = new Front().to(app.port())) {
      String answer = front.exchange("GET / HTTP/1.0\r\nHost: shop-acme.localhost\r\n\r\n");
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .doesNotContain("chunked")
          .endsWith("\r\n\r\nok");
    }
  }

  @Test
  void reusesTheConnectionToTheApp() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              seen.add("connected");
              while (true) {
                seen.add(wire.readHead());
                wire.send(OK);
              }
            });
        Front front = new Front().to(app.port())) {
      front.get(Front.HOST, "/1");
      front.get(Front.HOST, "/2");
      assertThat(app.saw()).isEqualTo("connected");
      assertThat(app.saw()).startsWith("GET /1");
      assertThat(app.saw()).startsWith("GET /2");
    }
  }

  @Test
  void sendsAGetAgainWhenTheAppClosedAKeptConnection() throws IOException, InterruptedException {
    // The app answers once on each connection and ends it only when the next request is there.
    try (RawApp app =
            new RawApp((wire, seen) -> {
              seen.add(wire.readHead());
              wire.send(OK);
              seen.add("again " + wire.readHead());
            });
        Front front = new Front().to(app.port())) {
      for (int i = 0; i < 50; i++) {
        assertThat(front.get(Front.HOST, "/" + i)).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void neverSendsAPostTwice() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              seen.add(wire.readHead());
              wire.send(OK);
              seen.add(wire.readHead());
            });
        Front front = new Front().to(app.port())) {
      front.get(Front.HOST, "/");
      String answer =
          front.exchange(
              "POST /pay HTTP/1.1\r\nHost: shop-acme.localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
      assertThat(answer).startsWith("HTTP/1.1 502");
      app.saw();
      assertThat(app.saw()).startsWith("POST /pay");
      front.get(Front.HOST, "/after");
      assertThat(app.saw()).startsWith("GET /after");
    }
  }
}
