package io.platform.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://platform.example.com/, https://platform.example.com",
    "HTTPS://Platform.Example.com:443, https://platform.example.com",
    "http://localhost:8080, http://localhost:8080",
    "http://localhost:80, http://localhost",
    "http://[::1]:8080, http://[::1]:8080",
    "platform.example.com, https://platform.example.com",
    "localhost:8080, http://localhost:8080",
    "127.0.0.1:8080, http://127.0.0.1:8080"
  })
  void hasOneForm(String text, String form) {
    assertThat(ServerUrl.parse(text)).map(ServerUrl::toString).contains(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ftp://host",
        "https://",
        "https://host/path",
        "https://user@host",
        "https://host?q",
        "a b"
      })
  void refusesWhatIsNoServer(String text) {
    assertThat(ServerUrl.parse(text)).isEmpty();
  }

  @Test
  void knowsWhereOthersCanListen() {
    assertThat(ServerUrl.parse("http://example.com")).map(ServerUrl::isOpenToOthers).contains(true);
    assertThat(ServerUrl.parse("https://example.com"))
        .map(ServerUrl::isOpenToOthers)
        .contains(false);
    assertThat(ServerUrl.parse("http://localhost:8080"))
        .map(ServerUrl::isOpenToOthers)
        .contains(false);
  }
}
