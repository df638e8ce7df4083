package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to a receiver that stops. */
class StoppingReceiverIT {
  private static final int LARGE = 24 << 20;

  @TempDir Path temp;
  private TestReceiver receiver;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver = TestReceiver.start(temp);
    git = Git.repository(temp, "work");
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void refusesAnUploadThatIsNotComplete() throws Exception {
    byte[] noise = new byte[LARGE];
    new Random(1).nextBytes(noise);
    git.write("noise", noise).commit("Noise");
    try (HalfUpload relay = new HalfUpload(receiver.port(), LARGE / 2)) {
      git.remote(
          receiver.url(receiver.app("shop")).replace(":" + receiver.port(), ":" + relay.port()));
      Process push = git.start("push", "platform", "main");
      relay.awaitHalf();
      Thread stop = Thread.ofVirtual().start(receiver.requests::close);
      await().until(receiver.requests::stopping);

      relay.sendTheRest();

      String said = new String(push.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said)
          .contains("The platform is stopping. Nothing was stored.")
          .contains("Push again when the platform is back.")
          .doesNotContain("RPC failed");
      assertThat(push.waitFor()).isNotZero();
      stop.join();
    }
  }

  @Test
  void refusesAPushThatBeginsThen() throws Exception {
    git.remote(receiver.url(receiver.app("shop")));
    receiver.requests.close();

    assertThat(git.push("main").failed().text())
        .contains("The platform is stopping. Nothing was stored.")
        .doesNotContain("RPC failed");
  }

  /** A way to a server that stops in the middle of the upload, until it is told to go on. */
  private static final class HalfUpload implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final CountDownLatch half = new CountDownLatch(1);
    private final CountDownLatch rest = new CountDownLatch(1);
    private final int server;
    private final int most;

    HalfUpload(int server, int most) throws IOException {
      this.server = server;
      this.most = most;
      Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return listening.getLocalPort();
    }

    void awaitHalf() throws InterruptedException {
      half.await();
    }

    void sendTheRest() {
      rest.countDown();
    }

    private void serve() {
      try {
        while (true) {
          Socket client = listening.accept();
          Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
          Thread.ofVirtual().start(() -> copy(client, to, most));
          Thread.ofVirtual().start(() -> copy(to, client, Integer.MAX_VALUE));
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    private void copy(Socket from, Socket to, int upTo) {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[64 << 10];
        long sent = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          out.write(buffer, 0, n);
          sent += n;
          if (sent >= upTo) {
            half.countDown();
            rest.await();
          }
        }
      } catch (IOException e) {
        // One side has ended the connection.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      rest.countDown();
      try {
        listening.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
