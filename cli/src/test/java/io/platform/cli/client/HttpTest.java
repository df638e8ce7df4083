package io.platform.cli.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.testing.StallingHttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class HttpTest {
  @Test
  @Timeout(60)
  void anAnswerThatStopsInTheMiddleIsNotAwaitedForEver() throws Exception {
    try (var server = new StallingHttpServer();
        var clients = new HttpClients("test", Optional.empty(), new ProxyVariables(name -> null))) {
      var http = new Http(Optional.empty(), clients);

      assertThatThrownBy(
              () -> http.get(URI.create(server.url() + "/api/v1/me"), Duration.ofSeconds(1)))
          .isInstanceOf(ClientException.Unreachable.class)
          .hasMessage("Could not reach " + server.url() + ": no answer in time.");
    }
  }
}
