package io.platform.commons.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BaseUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://platform.example.com, https://platform.example.com",
    "' http://localhost:8080/ ', http://localhost:8080",
    "http://192.0.2.7:65535, http://192.0.2.7:65535",
    "http://[2001:db8::7]:80, http://[2001:db8::7]:80",
    "http://git-receiver.platform-system.svc.:8081, http://git-receiver.platform-system.svc.:8081"
  })
  void readsUrls(String text, String url) throws Exception {
    assertThat(BaseUrl.parse(text)).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "platform.example.com | platform.example.com | it must begin with http:// or https://",
        "ftp://a | ftp://a | it must begin with http:// or https://",
        "'' | '' | it must begin with http:// or https://",
        "http://a/b | http://a/b | it must have no path, and this one has '/b'",
        "http://a// | http://a// | it must have no path, and this one has '/'",
        "http://u:secret@a | http://…@a | it must have no user name and no password",
        "u:secret@a | …@a | it must begin with http:// or https://",
        "https://a?x=secret | https://a?… | it must end after host and port",
        "http://a#b | http://a#b | it must end after host and port",
        "http://a: | http://a: | its port must be a number from 1 to 65535",
        "http://a:0 | http://a:0 | its port must be a number from 1 to 65535",
        "http://a:65536 | http://a:65536 | its port must be a number from 1 to 65535",
        "http://a b | http://a b | it has a blank in it",
        "http:// | http:// | it is not written as a URL is",
        "http://a_b | http://a_b | its host name must be of letters, digits, hyphens and dots, and its port a number",
        "http://a:-1 | http://a:-1 | its host name must be of letters, digits, hyphens and dots, and its port a number"
      })
  void tellsWhatIsWrong(String text, String shown, String hint) {
    assertThatThrownBy(() -> BaseUrl.parse(text))
        .hasMessage(
            "must be a URL such as https://platform.example.com, not '%s'; %s"
                .formatted(shown, hint));
  }
}
