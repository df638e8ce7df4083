package io.platform.slug.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.testing.StallingHttpServer;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PlatformHttpTest {
  @Test
  @Timeout(60)
  void anAnswerThatStopsInTheMiddleIsNotAwaitedForEver() throws Exception {
    try (StallingHttpServer server = new StallingHttpServer()) {
      PlatformHttp platform = new PlatformHttp(server.url(), "token", Duration.ofSeconds(1));

      assertThatThrownBy(() -> platform.get("/job")).isInstanceOf(HttpTimeoutException.class);
      assertThatThrownBy(() -> platform.locate("/source")).isInstanceOf(HttpTimeoutException.class);
    }
  }
}
