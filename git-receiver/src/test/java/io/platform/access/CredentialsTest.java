package io.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  @Test
  void findsTheTokenInBothSchemes() {
    assertThat(Credentials.token("Bearer abc")).contains("abc");
    assertThat(Credentials.token("bearer  abc ")).contains("abc");
    assertThat(Credentials.token(basic("git:abc"))).contains("abc");
    assertThat(Credentials.token(basic(":a:b"))).contains("a:b");
  }

  @Test
  void findsNoneInAnythingElse() {
    for (String header :
        new String[] {"", "abc", "Bearerabc", "Basic", basic("abc"), basic("git:"), "Basic ?"}) {
      assertThat(Credentials.token(header)).as(header).isEmpty();
    }
    assertThat(Credentials.bearer(basic("git:abc"))).isEmpty();
  }
}
