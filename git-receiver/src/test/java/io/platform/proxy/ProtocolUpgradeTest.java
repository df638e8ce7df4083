package io.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProtocolUpgradeTest {
  private static final String HANDSHAKE =
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  private static final String UPGRADE =
      "GET /chat HTTP/1.1\r\nHost: shop-acme.localhost\r\nConnection: keep-alive, Upgrade\r\n"
          + HANDSHAKE;
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n";

  @Test
  void carriesMessagesAndTheAppsCloseCode() throws Exception {
    Javalin app =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.port = 0;
                  config.routes.ws(
                      "/chat",
                      ws ->
                          ws.onMessage(message -> {
                            if (message.message().equals("bye")) {
                              message.closeSession(4001, "as you wish");
                            } else {
                              message.send("echo " + message.message());
                            }
                          }));
                })
            .start();
    try (Front front = new Front().to(app.port());
        HttpClient client = HttpClient.newHttpClient()) {
      front.proxy().route(Set.of("127.0.0.1"), List.of(Front.target(app.port())));
      Listener listener = new Listener();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + front.port() + "/chat"), listener)
              .get();
      socket.sendText("hello", true).get();
      assertThat(listener.text.get()).isEqualTo("echo hello");
      socket.sendText("bye", true).get();
      assertThat(listener.closed.get()).isEqualTo("4001 as you wish");
      front.proxy().drained(Front.target(app.port())).toCompletableFuture().get();
    } finally {
      app.stop();
    }
  }

  @Test
  void carriesBytesThatComeWithTheHandshakeBothWays() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              seen.add(wire.readHead());
              wire.send(SWITCHED + "early");
              seen.add(wire.readText(5));
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(UPGRADE + "hasty");
      assertThat(wire.readHead())
          .startsWith("HTTP/1.1 101")
          .contains("Sec-WebSocket-Accept: x", "Upgrade: websocket", "Connection: Upgrade");
      assertThat(wire.readText(5)).isEqualTo("early");
      assertThat(app.saw())
          .contains(
              "\r\nConnection: Upgrade\r\n",
              "\r\nUpgrade: websocket\r\n",
              "\r\nX-Forwarded-For: 127.0.0.1\r\n");
      assertThat(app.saw()).isEqualTo("hasty");
      assertThat(wire.in().read()).isEqualTo(-1);
    }
  }

  @Test
  void handsOnARefusedUpgrade() throws Exception {
    try (RawApp app = RawApp.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(UPGRADE);
      assertThat(wire.readHead()).startsWith("HTTP/1.1 403");
      assertThat(wire.readText(2)).isEqualTo("no");
      wire.send("GET / HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n");
      assertThat(wire.readHead()).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void doesNotSwitchWhenNobodyAsked() throws Exception {
    try (RawApp app = RawApp.answering(SWITCHED);
        Front front = new Front().to(app.port())) {
      assertThat(front.get(Front.HOST, "/")).startsWith("HTTP/1.1 502");
      front.proxy().drained(Front.target(app.port())).toCompletableFuture().get();
    }
  }

  @Test
  void aReaderThatDoesNotReadStopsTheWriter() throws Exception {
    AtomicLong sent = new AtomicLong();
    long size = 100L << 20;
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send(SWITCHED);
              byte[] block = new byte[1 << 16];
              for (long left = size; left > 0; left -= block.length) {
                wire.out().write(block);
                sent.addAndGet(block.length);
              }
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(UPGRADE);
      wire.readHead();
      assertThat(SteadyCount.await(sent)).isLessThan(size / 2);
      assertThat(wire.in().transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
    }
  }

  @Test
  void countsATunnelUntilItIsClosed() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send(SWITCHED);
              end.await();
            });
        Front front = new Front().to(app.port())) {
      CompletionStage<Void> drained;
      try (Wire wire = front.connect()) {
        wire.send(UPGRADE);
        wire.readHead();
        drained = front.proxy().drained(Front.target(app.port()));
        assertThat(drained.toCompletableFuture()).isNotDone();
        end.countDown();
        assertThat(wire.in().read()).isEqualTo(-1);
      }
      drained.toCompletableFuture().get();
    }
  }

  @Test
  void tellsTheAppWhenTheClientIsGone() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send(SWITCHED);
              seen.add("end " + wire.in().read());
            });
        Front front = new Front().to(app.port())) {
      try (Wire wire = front.connect()) {
        wire.send(UPGRADE);
        wire.readHead();
      } catch (IOException closed) {
        throw new AssertionError(closed);
      }
      assertThat(app.saw()).isEqualTo("end -1");
      front.proxy().drained(Front.target(app.port())).toCompletableFuture().get();
    }
  }

  private static final class Listener implements WebSocket.Listener {
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code + " " + reason);
      return CompletableFuture.completedStage(null);
    }
  }
}
