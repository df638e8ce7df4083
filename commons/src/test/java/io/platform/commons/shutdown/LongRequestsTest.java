package io.platform.commons.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LongRequestsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final LongRequests requests = new LongRequests();

  @Test
  void waitsForAThreadThatSaysGoodbye() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    AtomicBoolean saidGoodbye = new AtomicBoolean();
    Thread.ofVirtual()
        .start(() -> {
          try (LongRequests.Request _ = requests.beginOnThisThread(woken::countDown)) {
            begun.countDown();
            woken.await();
            saidGoodbye.set(requests.stopping());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    begun.await();

    requests.close();

    assertThat(saidGoodbye).isTrue();
    assertThatThrownBy(requests::check).isInstanceOf(ServerStopping.class);
  }

  @Test
  void interruptsAThreadThatDoesNotLook() throws Exception {
    LongRequests impatient = new LongRequests(SHORT);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread.ofVirtual()
        .start(() -> {
          try (LongRequests.Request _ = impatient.beginOnThisThread(() -> {})) {
            begun.countDown();
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
        });
    begun.await();

    impatient.close();

    assertThat(interrupted).isTrue();
  }

  @Test
  void tellsOneThatBeginsWhenTheServerStopsAlready() throws Exception {
    requests.close();
    CountDownLatch told = new CountDownLatch(1);

    try (LongRequests.Request _ = requests.begin(told::countDown)) {
      told.await();
    }
  }

  @Test
  void forgetsThoseThatHaveEnded() throws Exception {
    AtomicBoolean told = new AtomicBoolean();
    requests.begin(() -> told.set(true)).close();

    requests.check();
    requests.close();

    assertThat(told).isFalse();
  }
}
