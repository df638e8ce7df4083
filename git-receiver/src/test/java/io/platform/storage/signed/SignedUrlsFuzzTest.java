package io.platform.storage.signed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Whatever a URL under the objects has: no exception, and it is good for nothing. */
class SignedUrlsFuzzTest {
  private static final SignedUrls URLS =
      new SignedUrls(
          URI.create("http://localhost:8080"), SignedUrls.newSecret(), () -> Instant.EPOCH);

  /** The key, and then each parameter of the query, a line each. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 10_000_000)
  void url(byte[] bytes) {
    String[] lines = new String(bytes, UTF_8).split("\n", -1);
    Map<String, String> query =
        Arrays.stream(lines)
            .skip(1)
            .map(line -> line.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> pair[pair.length - 1], (first, again) -> again));

    assertThat(URLS.checkGet(lines[0], query)).isEqualTo(SignedUrls.Grant.FORGED);
    assertThat(URLS.checkPut(lines[0], query)).isEqualTo(SignedUrls.Grant.FORGED);
  }
}
