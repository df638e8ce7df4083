package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.cli.client.TestProxy;
import io.platform.testing.SilentPort;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands through a proxy, as the variables that git honours name it. */
final class ProxyTest {
  private User user;
  private FakePlatform server;
  private TestProxy proxy;

  @BeforeEach
  void logIn(@TempDir Path directory) throws IOException {
    user = new User(directory);
    server = new FakePlatform();
    server.app("shop");
    proxy = new TestProxy("ada:open sesame");
    user.login(server);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  private String url(String login) {
    return "http://" + login + "localhost:" + proxy.port();
  }

  @Test
  void aRequestGoesThroughTheProxyWithUserAndPassword() {
    user.environment.put("http_proxy", url("ada:open%20sesame@"));

    assertThat(user.platform("info", "shop").code()).isZero();
    assertThat(proxy.requests()).containsExactly("GET " + server.url() + "/api/v1/apps/ada/shop");
  }

  @Test
  void aLogGoesThroughTheProxyToo() {
    user.environment.put("all_proxy", url("ada:open%20sesame@"));
    server.build("b1", "succeeded");
    server.log = "-----> Hello\n";

    assertThat(user.platform("builds", "log", "-a", "shop").out()).isEqualTo(server.log);
    assertThat(proxy.requests()).anyMatch(it -> it.contains("/log?from=0"));
  }

  @Test
  void aProxyThatWantsALoginIsSaidAndHowToGiveIt() {
    user.environment.put("http_proxy", url(""));

    var ended = user.platform("login", server.url(), "--email", "a@b.c", "--password-stdin");

    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err())
        .isEqualTo(
            """
             !     The proxy http://localhost:%1$d (http_proxy) asks for a user and a password.
             !     Give them in its URL: http_proxy=http://USER:PASSWORD@localhost:%1$d
            """
                .formatted(proxy.port()));
  }

  @Test
  void aWrongPasswordOfTheProxyIsSaidAndNotShown() {
    user.environment.put("http_proxy", url("ada:wrong@"));

    var ended = user.platform("apps");

    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err())
        .contains("does not accept the user and the password")
        .doesNotContain("wrong@");
  }

  @Test
  void aProxyThatDoesNotAnswerIsNamed() throws IOException {
    try (var silent = new SilentPort()) {
      user.environment.put("http_proxy", "localhost:" + silent.number());

      var ended = user.platform("apps");

      assertThat(ended.code()).isEqualTo(5);
      assertThat(ended.err())
          .contains(
              "Could not reach the proxy http://localhost:%d (http_proxy): nothing answers there"
                  .formatted(silent.number()))
          .contains("no_proxy=HOST");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_PROXY,,",
    "https_proxy,,",
    "http_proxy,no_proxy,localhost",
    "http_proxy,NO_PROXY,'example.com, .localhost'",
    "ALL_PROXY,no_proxy,*",
  })
  void theServerIsReachedDirectlyWithout(String variable, String exception, String value) {
    user.environment.put(variable, url(""));
    if (exception != null) {
      user.environment.put(exception, value);
    }

    assertThat(user.platform("apps").code()).isZero();
    assertThat(proxy.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://localhost:1080,of the kind socks5",
    "http://[,is not the URL of a proxy",
    "'http://a b:secret@x',is not the URL of a proxy"
  })
  void aProxyThatCannotBeUsedIsSaid(String value, String sentence) {
    user.environment.put("http_proxy", value);

    var ended = user.platform("login", server.url(), "--email", "a@b.c", "--password-stdin");

    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains(sentence).doesNotContain("secret");
  }
}
