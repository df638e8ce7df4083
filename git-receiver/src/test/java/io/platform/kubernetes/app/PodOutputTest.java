package io.platform.kubernetes.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.platform.kubernetes.client.ApiServerHealth;
import io.platform.kubernetes.client.KubernetesApi;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last lines of pods, as an API server streams them. */
class PodOutputTest {
  private static final Pod POD =
      new PodBuilder()
          .withNewMetadata()
          .withNamespace("it")
          .withName("shop-1")
          .endMetadata()
          .withNewStatus()
          .withPhase("Running")
          .addNewCondition()
          .withType("Ready")
          .withStatus("True")
          .endCondition()
          .addNewContainerStatus()
          .withName("web")
          .withNewState()
          .withNewRunning()
          .endRunning()
          .endState()
          .endContainerStatus()
          .endStatus()
          .build();

  private interface Log {
    void write(OutputStream out) throws IOException;
  }

  private HttpServer server;
  private KubernetesClient client;
  private volatile int status = 200;
  private volatile Log log = out -> {};

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/namespaces/it/pods", this::answer);
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().endsWith("/log")) {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, 0);
        log.write(exchange.getResponseBody());
      } else {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        Object list =
            new PodListBuilder()
                .withNewMetadata()
                .withResourceVersion("1")
                .endMetadata()
                .withItems(POD)
                .build();
        exchange
            .getResponseBody()
            .write(client.getKubernetesSerialization().asJson(list).getBytes(UTF_8));
      }
    }
  }

  private List<String> lastLines() {
    return new PodOutput(new KubernetesApi(client, new ApiServerHealth())).lastLines(POD);
  }

  @Test
  void shortLinesAreShownWhole() {
    log = out -> out.write("starting\nüber\n".getBytes(UTF_8));
    assertThat(lastLines()).containsExactly("starting", "über");
  }

  /** Ten million characters in one line: what is held of it is its end. */
  @Test
  void ofLinesOfAnyLengthTheEndIsKept() {
    byte[] part = "ü".repeat(10_000).getBytes(UTF_8);
    log =
        out -> {
          for (int i = 0; i < 1_000; i++) {
            out.write(part);
          }
          out.write("!\nthe end\n".getBytes(UTF_8));
        };
    List<String> lines = lastLines();
    assertThat(lines).hasSize(2).last().isEqualTo("the end");
    assertThat(lines.getFirst()).matches("ü{30000,32768}!");
  }

  @Test
  void aLogThatCannotBeReadHasNoLines() {
    status = 400;
    assertThat(lastLines()).isEmpty();
  }
}
