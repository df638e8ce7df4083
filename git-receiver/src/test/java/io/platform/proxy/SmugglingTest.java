package io.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SmugglingTest {
  private static final String HEAD = "POST /x HTTP/1.1\r\nHost: shop-acme.localhost\r\n";
  private static final String SECOND =
      "GET /smuggled HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n";

  static Stream<Arguments> ambiguousRequests() {
    return Stream.of(
        Arguments.of(
            "length and chunks",
            HEAD + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND),
        Arguments.of(
            "chunks and length",
            HEAD + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + SECOND),
        Arguments.of(
            "two lengths", HEAD + "Content-Length: 0\r\nContent-Length: 4\r\n\r\n" + SECOND),
        Arguments.of("two lengths in one", HEAD + "Content-Length: 0, 4\r\n\r\n" + SECOND),
        Arguments.of("signed length", HEAD + "Content-Length: +4\r\n\r\nabcd"),
        Arguments.of("hexadecimal length", HEAD + "Content-Length: 0x4\r\n\r\nabcd"),
        Arguments.of("folded header", HEAD + "X-A: 1\r\n Transfer-Encoding: chunked\r\n\r\n"),
        Arguments.of("space before colon", HEAD + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of("unknown coding", HEAD + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "chunked not last", HEAD + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "chunked twice",
            HEAD + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of("two hosts", HEAD + "Host: localhost\r\n\r\n"),
        Arguments.of(
            "two minds on the host",
            "GET http://localhost/x HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n"),
        Arguments.of("control character in a name", HEAD + "X\u0001A: 1\r\n\r\n"),
        Arguments.of("bare carriage return", HEAD + "X-A: 1\rX-B: 2\r\n\r\n"),
        Arguments.of(
            "bare line feed in chunk size", HEAD + "Transfer-Encoding: chunked\r\n\r\n0\n\n"),
        Arguments.of("nul in a value", HEAD + "X-A: \u0000\r\n\r\n"),
        Arguments.of("no host", "GET / HTTP/1.1\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguousRequests")
  void refusesAnAmbiguousRequest(String name, String request) throws Exception {
    try (RawApp app = RawApp.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(request);
      wire.socket().shutdownOutput();
      String answer = wire.readHead();
      assertThat(answer).containsPattern("^HTTP/1.1 (400|501|502)").doesNotContain("200 OK");
      front.get(Front.HOST, "/next");
      String seen = app.saw();
      assertThat(seen.startsWith("GET /next") || app.saw().startsWith("GET /next")).isTrue();
    }
  }

  @Test
  void sendsPipelinedRequestsOneByOne() throws Exception {
    try (RawApp app = RawApp.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(
          "GET /1 HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\nGET /2 HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n");
      assertThat(wire.readHead() + wire.readText(2)).startsWith("HTTP/1.1 200");
      assertThat(wire.readHead() + wire.readText(2)).startsWith("HTTP/1.1 200");
      assertThat(app.saw()).startsWith("GET /1");
      assertThat(app.saw()).startsWith("GET /2");
    }
  }

  @Test
  void takesNoAmbiguousAnswerFromAnApp() throws Exception {
    try (RawApp app =
            RawApp.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nokxxx");
        Front front = new Front().to(app.port())) {
      assertThat(front.get(Front.HOST, "/")).startsWith("HTTP/1.1 502");
    }
  }

  @Test
  void takesNoBytesAfterAnAnswerForTheNextOne() throws Exception {
    try (RawApp app =
            RawApp.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        Front front = new Front().to(app.port())) {
      for (int i = 0; i < 5; i++) {
        assertThat(front.get(Front.HOST, "/")).doesNotContain("evil");
      }
    }
  }
}
