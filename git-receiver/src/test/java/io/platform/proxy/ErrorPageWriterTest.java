package io.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.testing.SilentPort;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorPageWriterTest {
  @ParameterizedTest
  @CsvSource({
    "nobody-acme.localhost, 404, There is no app here",
    "empty-acme.localhost, 503, Nothing is deployed here yet",
    "down-acme.localhost, 503, The app is not running"
  })
  void saysWhatIsMissing(String host, int status, String title) throws Exception {
    try (Front front = new Front()) {
      assertThat(front.get(host, "/"))
          .startsWith("HTTP/1.1 " + status)
          .contains("text/plain", title)
          .doesNotContain("<");
      assertThat(front.get(host, "/", "Accept: text/html,*/*;q=0.8"))
          .startsWith("HTTP/1.1 " + status)
          .contains("text/html", "<h1>" + title + "</h1>", "no-store")
          .doesNotContain("Jetty", "127.0.0.1");
    }
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    try (Front front = new Front()) {
      assertThat(
              front.exchange(
                  "HEAD / HTTP/1.1\r\nHost: nobody-acme.localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 404")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void saysThatTheAppIsNotAnsweringWhenNothingListens() throws Exception {
    try (SilentPort silent = new SilentPort();
        Front front = new Front().to(silent.number())) {
      assertThat(front.get(Front.HOST, "/"))
          .startsWith("HTTP/1.1 503")
          .contains("The app is not answering")
          .doesNotContain(String.valueOf(silent.number()), "refused");
    }
  }

  @Test
  void saysThatTheAppBrokeOffWhenItAnswersNothing() throws Exception {
    try (RawApp app = new RawApp((wire, seen) -> wire.readHead());
        Front front = new Front().to(app.port())) {
      assertThat(front.get(Front.HOST, "/"))
          .startsWith("HTTP/1.1 502")
          .contains("The app broke off");
    }
  }

  /** The first two end when they have read a request, as a process that is killed does. */
  @Test
  void givesARequestToASecondProcessWhereOneEndsBeforeItAnswers() throws Exception {
    try (RawApp one = new RawApp((wire, seen) -> wire.readHead());
        RawApp two = new RawApp((wire, seen) -> wire.readHead());
        RawApp three = RawApp.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        Front dying = new Front().to(one.port(), two.port());
        Front healthy = new Front().to(one.port(), three.port())) {
      assertThat(dying.get(Front.HOST, "/")).startsWith("HTTP/1.1 502");
      for (int i = 0; i < 4; i++) {
        assertThat(healthy.get(Front.HOST, "/")).startsWith("HTTP/1.1 200");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "platform.example.com", "LOCALHOST.", "localhost:8080"})
  void leavesThePlatformsOwnHostsAlone(String host) throws Exception {
    try (Front front = new Front()) {
      assertThat(front.get(host, "/api")).startsWith("HTTP/1.1 200").endsWith("platform /api");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%2Fb", "/a/..;/b", "/a//..;/b", "/a\\b", "/a/%2e%2e/b"})
  void refusesOddTargetsForThePlatformsOwnHosts(String target) throws Exception {
    try (Front front = new Front()) {
      assertThat(front.get("localhost", target))
          .startsWith("HTTP/1.1 400")
          .doesNotContain("platform /");
    }
  }

  @Test
  void isNoForwardProxy() throws Exception {
    try (Front front = new Front()) {
      assertThat(
              front.exchange(
                  "CONNECT shop-acme.localhost:80 HTTP/1.1\r\nHost: shop-acme.localhost:80\r\nConnection: close\r\n\r\n"))
          .containsPattern("^HTTP/1.1 40[05]");
    }
  }

  @Test
  void findsTheAppWhateverTheCaseOfItsName() throws Exception {
    try (RawApp app = RawApp.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Front front = new Front().to(app.port())) {
      assertThat(front.get("Shop-ACME.localhost.", "/")).startsWith("HTTP/1.1 200");
      front.proxy().withdraw(Set.of("SHOP-acme.localhost"));
      assertThat(front.get(Front.HOST, "/")).startsWith("HTTP/1.1 404");
    }
  }
}
