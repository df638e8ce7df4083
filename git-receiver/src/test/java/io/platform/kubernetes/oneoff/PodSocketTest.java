package io.platform.kubernetes.oneoff;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.platform.kubernetes.client.ApiHttpClientFactory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PodSocketTest {
  @Test
  void waitsForAnApiServerThatDoesNotAnswerNoLongerThanItMay() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        KubernetesClient client = client(silent)) {
      assertThatThrownBy(() -> open(client, Duration.ofSeconds(1)))
          .isInstanceOf(IOException.class)
          .hasMessage("the Kubernetes API server does not answer");
    }
  }

  @Test
  void endsWhereItIsInterruptedMeanwhile() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        KubernetesClient client = client(silent)) {
      FutureTask<PodSocket> opening = new FutureTask<>(() -> open(client, Duration.ofHours(1)));
      Thread thread = Thread.ofVirtual().start(opening);
      try (Socket _ = silent.accept()) {
        thread.interrupt();
        assertThatThrownBy(() -> opening.get(30, TimeUnit.SECONDS))
            .hasRootCauseInstanceOf(InterruptedIOException.class);
      }
    }
  }

  private static KubernetesClient client(ServerSocket server) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder().withMasterUrl("http://127.0.0.1:" + server.getLocalPort()).build())
        .withHttpClientFactory(new ApiHttpClientFactory())
        .build();
  }

  private static PodSocket open(KubernetesClient client, Duration limit) throws Exception {
    return PodSocket.open(
        client,
        "/api/v1/namespaces/it/pods/shop/exec?command=ls",
        PodCommand.PROTOCOL,
        new Deaf(),
        limit);
  }

  private static final class Deaf implements PodSocket.Receiver {
    @Override
    public void message(int channel, ByteBuffer data) {}

    @Override
    public void over() {}
  }
}
