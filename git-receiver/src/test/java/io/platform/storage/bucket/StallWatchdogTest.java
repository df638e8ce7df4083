package io.platform.storage.bucket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.storage.StoreError;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StallWatchdogTest {
  private static final RequestLimits LIMITS =
      new RequestLimits(
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          3,
          Duration.ofMillis(200),
          64 * 1024,
          5 * 1024 * 1024,
          2);

  /** As where TLS is to say goodbye while a write holds the connection. */
  @Test
  void endsARequestWhoseConnectionCannotBeClosed() {
    StallWatchdog watchdog = new StallWatchdog(LIMITS);
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(() ->
            watchdog.within(
                Duration.ofSeconds(2),
                error -> new IOException(error.kind().name()),
                () -> {
                  watchdog.current().attempt(() -> await(never));
                  watchdog.current().sent();
                  await(never);
                  return "";
                },
                IOException::new))
        .isInstanceOf(IOException.class)
        .hasMessage(StoreError.Kind.TOO_SLOW.name());
    never.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
