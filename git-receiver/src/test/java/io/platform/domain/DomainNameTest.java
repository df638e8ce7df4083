package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
  private static DomainName name(String text) {
    return DomainName.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "WWW.Example.com, www.example.com",
    "example.com., example.com",
    "bücher.example, xn--bcher-kva.example",
    "*.Bücher.example, *.xn--bcher-kva.example",
    "a.xn--p1ai, a.xn--p1ai"
  })
  void readsNamesAsDnsHasThem(String text, String value) {
    assertThat(name(text).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "*.com",
        "*",
        "a.*.com",
        "www.*",
        "10.1.2.3",
        "[::1]",
        "a.b.1",
        "-a.com",
        "a-.com",
        "a..com",
        "a_b.com",
        "https://a.com",
        "a.com:80",
        "a.com/x",
        "a b.com",
        ".a.com"
      })
  void refusesWhatIsNoName(String text) {
    assertThat(DomainName.parse(text)).isEmpty();
    assertThat(DomainName.parse(text + "x".repeat(300) + ".com")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "platform.example.com, true",
    "shop.platform.example.com, true",
    "*.platform.example.com, true",
    "*.example.com, true",
    "www.example.com, false",
    "xplatform.example.com, false",
    "*.shop.example.com, false"
  })
  void knowsWhatIsThePlatforms(String text, boolean platforms) {
    assertThat(name(text).meets("platform.example.com")).isEqualTo(platforms);
  }
}
