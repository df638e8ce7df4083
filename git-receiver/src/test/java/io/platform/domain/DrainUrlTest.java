package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrainUrlTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "syslog://logs.example.com:514, SYSLOG, logs.example.com, 514",
        "SYSLOG+TLS://192.0.2.1:6514/, SYSLOG_TLS, 192.0.2.1, 6514",
        "https://logs.example.com, HTTPS, logs.example.com, 443",
        "https://[2001:db8::1]:8443/in?a=b, HTTPS, 2001:db8::1, 8443"
      })
  void readsProtocolHostAndPort(String text, DrainUrl.Protocol protocol, String host, int port)
      throws Exception {
    DrainUrl url = DrainUrl.parse(text);
    assertThat(url.protocol()).isEqualTo(protocol);
    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource({
    "https://ada:pw@logs.example.com/in?token=s3cret&x, https://***@logs.example.com/in?token=***&***",
    "https://logs.example.com:8443/v1/input/0123456789abcdef0123, https://logs.example.com:8443/v1/input/***",
    "https://logs.example.com/services/collector/event, https://logs.example.com/services/collector/event",
    "syslog+tls://logs.example.com:6514, syslog+tls://logs.example.com:6514"
  })
  void showsNoCredentials(String text, String masked) throws Exception {
    DrainUrl url = DrainUrl.parse(text);
    assertThat(url.masked()).isEqualTo(masked);
    assertThat(url).hasToString(masked);
    assertThat(url.reveal()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "logs.example.com:514",
        "http://logs.example.com",
        "file:///etc/passwd",
        "syslog://logs.example.com",
        "syslog://logs.example.com:0",
        "syslog://logs.example.com:70000",
        "syslog://user:pw@logs.example.com:514",
        "syslog://logs.example.com:514/path",
        "syslog+tls://:514",
        "https://logs.example.com/#part",
        "https://under_score.example.com/",
        "https://logs example.com/",
        "https:///path"
      })
  void refusesWhatCanBeNoDrain(String text) {
    assertThatThrownBy(() -> DrainUrl.parse(text))
        .isInstanceOfSatisfying(
            DrainUrl.Invalid.class,
            invalid -> assertThat(invalid.sentence()).doesNotContain("pw").endsWith("."));
  }

  @Test
  void refusesAnEndlessUrl() {
    assertThatThrownBy(() -> DrainUrl.parse("https://logs.example.com/" + "x".repeat(2000)))
        .isInstanceOf(DrainUrl.Invalid.class);
  }
}
