package io.platform.commons.http.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReprDigestTest {
  @Test
  void readsWhatItWrites() {
    String sha256 = "0123456789abcdef".repeat(4);
    String value = ReprDigest.ofHex(sha256);
    assertThat(value).startsWith("sha-256=:ASNFZ4mrze8").endsWith(":");
    assertThat(ReprDigest.parse(value)).contains(sha256);
    assertThat(ReprDigest.parse("md5=:AAAA:, " + value)).contains(sha256);
  }

  @Test
  void findsNoneInAnotherField() {
    assertThat(ReprDigest.parse("md5=:AAAA:")).isEmpty();
    assertThat(ReprDigest.parse("sha-256=:A=A=:")).isEmpty();
  }
}
