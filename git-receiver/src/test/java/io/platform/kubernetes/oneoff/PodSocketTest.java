package io.platform.kubernetes.oneoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.platform.kubernetes.client.ApiHttpClientFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PodSocketTest {
  @Test
  void waitsForAnApiServerThatDoesNotAnswerNoLongerThanItMay() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(
                    new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
                        .build())
                .withHttpClientFactory(new ApiHttpClientFactory())
                .build()) {
      long begin = System.nanoTime();
      assertThatThrownBy(() ->
              PodSocket.open(
                  client,
                  "/api/v1/namespaces/it/pods/shop/exec?command=ls",
                  PodCommand.PROTOCOL,
                  new Deaf(),
                  Duration.ofSeconds(1)))
          .isInstanceOf(IOException.class)
          .hasMessage("the Kubernetes API server does not answer");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
    }
  }

  private static final class Deaf implements PodSocket.Receiver {
    @Override
    public void message(int channel, ByteBuffer data) {}

    @Override
    public void over() {}
  }
}
