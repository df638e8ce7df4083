package io.platform.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of Kubernetes 1.34 with containerd 2 and CRI-O 1.34. */
class ApiMessageTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pods "b" is forbidden: exceeded quota: platform, requested: pods=1, used: pods=2, limited: pods=2 | QUOTA_EXCEEDED
          pods "b" is forbidden: status unknown for quota: platform, resources: pods | QUOTA_NOT_COUNTED
          error forwarding port 4444 to pod 1c: failed to connect to localhost:4444 inside namespace "1c", IPv4: dial tcp4 127.0.0.1:4444: connect: connection refused | CONNECTION_REFUSED
          error forwarding port 4444 to pod 1c, uid : exit status 1: socat[7] E connect(5, AF=2 127.0.0.1:4444, 16): Connection refused | CONNECTION_REFUSED
          pods "b" is forbidden: denied by policy |
          error forwarding port 4444 to pod 1c: failed to find sandbox "1c" in store: not found |
          """)
  void tellsMessagesApart(String message, ApiMessageText expected) {
    assertThat(Stream.of(ApiMessageText.values()).filter(text -> text.isIn(message)).toList())
        .isEqualTo(Stream.ofNullable(expected).toList());
  }
}
