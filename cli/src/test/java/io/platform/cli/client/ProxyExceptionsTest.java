package io.platform.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code no_proxy}, with what curl 8 answers. */
final class ProxyExceptionsTest {
  @ParameterizedTest
  @CsvSource({
    "example.com,example.com,true",
    "example.com,EXAMPLE.com.,true",
    "example.com,www.example.com,true",
    ".example.com,example.com,true",
    "example.com,notexample.com,false",
    "www.example.com,example.com,false",
    "'a.org, example.com b.org',b.org,true",
    "*,anything.org,true",
    "'*,a.org',anything.org,false",
    "localhost,localhost,true",
    "localhost,app.localhost,true",
    "127.0.0.1,localhost,false",
    "127.0.0.1,127.0.0.1,true",
    "10.0.0.0/8,10.1.2.3,true",
    "10.0.0.0/8,11.1.2.3,false",
    "10.0.0.0/33,10.0.0.0,false",
    "192.168.16.0/20,192.168.31.255,true",
    "192.168.16.0/20,192.168.32.0,false",
    "0.0.0.0/0,8.8.8.8,true",
    "0.1,127.0.0.1,false",
    "fd00::/8,[fd12::1],true",
    "fd00::/8,[fe80::1],false",
    "[::1],[::1],true",
    "'',example.com,false"
  })
  void containAsCurlHasIt(String noProxy, String host, boolean contained) {
    assertThat(new ProxyExceptions(noProxy).contain(host)).isEqualTo(contained);
  }
}
