package io.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamingTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n";
  private static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
  private static final long BIG = 200L << 20;

  @Test
  void showsHeadersAndEachEventAtOnce() throws Exception {
    SynchronousQueue<String> events = new SynchronousQueue<>();
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send(STREAM);
              while (true) {
                wire.send(events.take());
              }
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(GET);
      assertThat(wire.readHead()).contains("text/event-stream", "Transfer-Encoding: chunked");
      for (int i = 0; i < 3; i++) {
        // The app has no next event until this one has arrived.
        events.put("data: " + i + "\n\n");
        assertThat(wire.readUntil("\n\n")).endsWith("data: " + i + "\n\n");
      }
    }
  }

  @Test
  void keepsAQuietStreamLongerThanTheConnectorWould() throws Exception {
    CountDownLatch quiet = new CountDownLatch(1);
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send(STREAM);
              quiet.await();
              wire.send("data: still here\n\n");
            });
        Front front = new Front(ProxySettings.standard(), 50).to(app.port());
        Wire wire = front.connect()) {
      wire.send(GET);
      wire.readHead();
      // The connector's idle time-out of 50 ms has passed, several times, when it closes this
      // unused
      // connection.
      for (int i = 0; i < 3; i++) {
        try (Wire unused = front.connect()) {
          assertThat(unused.in().read()).isEqualTo(-1);
        }
      }
      quiet.countDown();
      assertThat(wire.readUntil("\n\n")).endsWith("data: still here\n\n");
    }
  }

  @Test
  void downloadsWhatIsLargerThanTheHeap() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + BIG + "\r\n\r\n");
              send(wire.out(), BIG);
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(GET);
      wire.readHead();
      assertThat(drain(wire.in(), BIG)).isEqualTo(BIG);
    }
  }

  @Test
  void uploadsWhatIsLargerThanTheHeap() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + drain(wire.in(), BIG));
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(
          "PUT / HTTP/1.1\r\nHost: shop-acme.localhost\r\nContent-Length: " + BIG + "\r\n\r\n");
      send(wire.out(), BIG);
      wire.readHead();
      assertThat(wire.readText(9)).isEqualTo(String.valueOf(BIG));
    }
  }

  @Test
  void aClientThatDoesNotReadStopsTheApp() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + BIG + "\r\n\r\n");
              byte[] block = new byte[1 << 16];
              for (long left = BIG; left > 0; left -= block.length) {
                wire.out().write(block);
                sent.addAndGet(block.length);
              }
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(GET);
      wire.readHead();
      assertThat(SteadyCount.await(sent)).isLessThan(BIG / 2);
      assertThat(drain(wire.in(), BIG)).isEqualTo(BIG);
    }
  }

  @Test
  void anAppThatDoesNotReadStopsTheClient() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch read = new CountDownLatch(1);
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              read.await();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + drain(wire.in(), BIG));
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(
          "PUT / HTTP/1.1\r\nHost: shop-acme.localhost\r\nContent-Length: " + BIG + "\r\n\r\n");
      Thread upload =
          Thread.ofVirtual()
              .start(() -> {
                byte[] block = new byte[1 << 16];
                try {
                  for (long left = BIG; left > 0; left -= block.length) {
                    wire.out().write(block);
                    sent.addAndGet(block.length);
                  }
                } catch (IOException cut) {
                  sent.set(-1);
                }
              });
      assertThat(SteadyCount.await(sent)).isLessThan(BIG / 2);
      read.countDown();
      wire.readHead();
      assertThat(wire.readText(9)).isEqualTo(String.valueOf(BIG));
      upload.join();
    }
  }

  @Test
  void anAnswerWithLengthIsCutWhenTheAppDies() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            });
        Front front = new Front().to(app.port())) {
      assertThat(front.get(Front.HOST, "/"))
          .contains("Content-Length: 100")
          .endsWith("\r\n\r\nhalf");
    }
  }

  @Test
  void aChunkedAnswerIsCutWhenTheAppDies() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            });
        Front front = new Front().to(app.port())) {
      assertThat(front.get(Front.HOST, "/")).contains("half").doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void anAnswerWithoutFramesIsResetWhenTheAppDies() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send("GET / HTTP/1.0\r\nHost: shop-acme.localhost\r\n\r\n");
      assertThatThrownBy(() -> wire.in().readAllBytes()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void theAppIsToldWhenTheClientLeavesADownload() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send(STREAM);
              send(wire.out(), Long.MAX_VALUE);
            });
        Front front = new Front().to(app.port())) {
      try (Wire wire = front.connect()) {
        wire.send(GET);
        wire.readHead();
      }
      assertThat(app.saw()).isEqualTo("gone");
      front.proxy().drained(Front.target(app.port())).toCompletableFuture().get();
    }
  }

  @Test
  void theAppIsToldWhenTheClientLeavesAnUpload() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              seen.add("read " + drain(wire.in(), 100));
            });
        Front front = new Front().to(app.port())) {
      try (Wire wire = front.connect()) {
        wire.send(
            "POST / HTTP/1.1\r\nHost: shop-acme.localhost\r\nContent-Length: 100\r\n\r\nhalf");
        wire.socket().shutdownOutput();
        assertThat(wire.in().readAllBytes()).isNotNull();
      }
      assertThat(app.saw()).isIn("read 4", "gone");
      front.proxy().drained(Front.target(app.port())).toCompletableFuture().get();
    }
  }

  @Test
  void anEarlyAnswerToAnUploadReachesTheClient() throws Exception {
    try (RawApp app =
            new RawApp((wire, seen) -> {
              wire.readHead();
              wire.send(
                  "HTTP/1.1 413 Content Too Large\r\nContent-Length: 7\r\nConnection: close\r\n\r\ntoo big");
              wire.socket().shutdownOutput();
              wire.in().skip(BIG);
            });
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      wire.send(
          "PUT / HTTP/1.1\r\nHost: shop-acme.localhost\r\nContent-Length: "
              + BIG
              + "\r\n\r\nbeginning");
      assertThat(wire.readHead()).startsWith("HTTP/1.1 413");
      assertThat(wire.readText(7)).isEqualTo("too big");
    }
  }

  @Test
  void anAppThatDoesNotAnswerInTimeIsA504AndHoldsUpNobody() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (RawApp stuck =
            new RawApp((wire, seen) -> {
              seen.add(wire.readHead());
              never.await();
            });
        RawApp well = RawApp.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Front front =
            new Front(ProxySettings.standard().withFirstByte(Duration.ofSeconds(3)))
                .to(stuck.port())) {
      front.proxy().route(Set.of("well-acme.localhost"), List.of(Front.target(well.port())));
      Wire[] waiting = new Wire[300];
      for (int i = 0; i < waiting.length; i++) {
        waiting[i] = front.connect().send(GET);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(front.get("well-acme.localhost", "/")).startsWith("HTTP/1.1 200");
        assertThat(front.get("localhost", "/api")).startsWith("HTTP/1.1 200");
      }
      for (Wire wire : waiting) {
        assertThat(wire.readHead()).startsWith("HTTP/1.1 504");
        wire.close();
      }
      front.proxy().drained(Front.target(stuck.port())).toCompletableFuture().get();
      never.countDown();
    }
  }

  private static void send(OutputStream out, long bytes) throws IOException {
    byte[] block = new byte[1 << 16];
    for (long left = bytes; left > 0; left -= block.length) {
      out.write(block, 0, (int) Math.min(left, block.length));
    }
  }

  private static long drain(InputStream in, long bytes) throws IOException {
    byte[] block = new byte[1 << 16];
    long read = 0;
    while (read < bytes) {
      int next = in.read(block, 0, (int) Math.min(bytes - read, block.length));
      if (next < 0) {
        return read;
      }
      read += next;
    }
    return read;
  }
}
