package io.platform.commons.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {
  private static final String WANTED =
      "must be an address such as 127.0.0.1, 0.0.0.0, ::1 or localhost, not ";

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "0.0.0.0, 0.0.0.0",
    "' ::1 ', [::1]",
    "[::1], [::1]",
    "2001:db8::7, [2001:db8::7]",
    "localhost, localhost",
    "platform-1.example.com, platform-1.example.com"
  })
  void readsAddresses(String text, String inUrl) throws Exception {
    assertThat(ListenAddress.parse(text, "--port").inUrl()).isEqualTo(inUrl);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:19800, 127.0.0.1, 19800",
    "[::1]:80, ::1, 80",
    "localhost:0, localhost, 0",
    "a.example.com:8080, a.example.com, 8080"
  })
  void sendsAPortToItsOwnSetting(String text, String host, String port) {
    assertThatThrownBy(() -> ListenAddress.parse(text, "--port"))
        .isInstanceOf(InvalidValue.class)
        .hasMessage(
            WANTED + "'%s'; write %s here, and the port %s in --port".formatted(text, host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "8080, ; the port goes into --port",
    ":8080, ; the port goes into --port",
    "*, ; write 0.0.0.0 for all addresses",
    "http://127.0.0.1, ; it is a URL",
    "'', ''",
    "my host, ''",
    "a_b, ''",
    "-a, ''",
    "1.2.3, ''",
    "999.1.1.1, ''",
    "[::1, ''",
    "::zz, ''",
    "[127.0.0.1], ''"
  })
  void refusesTheRest(String text, String hint) {
    assertThatThrownBy(() -> ListenAddress.parse(text, "--port"))
        .hasMessage(WANTED + "'" + text + "'" + hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "0.0.0.0", "::", "0:0:0:0:0:0:0:0"})
  void localhostReaches(String text) throws Exception {
    assertThat(ListenAddress.parse(text, "--port").isReachedAsLocalhost()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "127.0.0.2", "2001:db8::7", "platform.example.com"})
  void localhostDoesNotReach(String text) throws Exception {
    assertThat(ListenAddress.parse(text, "--port").isReachedAsLocalhost()).isFalse();
  }
}
