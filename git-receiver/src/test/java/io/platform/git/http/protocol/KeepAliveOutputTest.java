package io.platform.git.http.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeepAliveOutputTest {
  private static final int BUFFER = 1024;

  @Test
  void tellsHowItsClientIsWhileThatDoesNotRead() throws Exception {
    byte[] packets = "x".repeat(4 * BUFFER).getBytes(US_ASCII);
    try (PipedInputStream client = new PipedInputStream(BUFFER);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      KeepAliveOutput out = new KeepAliveOutput(new PipedOutputStream(client));
      Future<?> write =
          threads.submit(() -> {
            out.write(packets, 0, packets.length);
            return null;
          });
      Awaitility.await().until(() -> client.available() == BUFFER);

      threads
          .submit(() -> {
            out.check();
            return null;
          })
          .get(20, TimeUnit.SECONDS);
      assertThat(threads.submit(out::isAnswered).get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(write.isDone()).isFalse();

      assertThat(client.readNBytes(packets.length)).isEqualTo(packets);
      write.get();
    }
  }

  @Test
  void remembersThatItsClientHasLeft() throws Exception {
    PipedInputStream client = new PipedInputStream(BUFFER);
    KeepAliveOutput out = new KeepAliveOutput(new PipedOutputStream(client));
    client.close();
    assertThatIOException().isThrownBy(() -> out.write(1));
    assertThatIOException().isThrownBy(out::check).withMessage("the client has left");
    assertThatIOException().isThrownBy(out::flush).withCauseInstanceOf(IOException.class);
  }
}
