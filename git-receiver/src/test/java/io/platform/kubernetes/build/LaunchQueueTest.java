package io.platform.kubernetes.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.BuildId;
import io.platform.domain.Config;
import io.platform.domain.Origin;
import io.platform.domain.port.BuildSpec;
import io.platform.kubernetes.client.KeyedTimer;
import io.platform.support.AppBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaunchQueueTest {
  private static final BuildSpec SLOW = build("slow");
  private static final BuildSpec OTHER = build("other");

  @Test
  void cancelsABuildWhileAnotherIsLaunched() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    try (KeyedTimer timer = new KeyedTimer();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      LaunchQueue queue =
          new LaunchQueue(
              timer,
              spec -> {
                begun.countDown();
                await(answered);
              });
      queue.add(SLOW);
      queue.add(OTHER);
      queue.roomMade();
      begun.await();

      assertThat(threads.submit(() -> queue.remove(OTHER.id())).get(20, TimeUnit.SECONDS))
          .contains(OTHER);

      Thread[] canceling = new Thread[1];
      Future<Optional<BuildSpec>> ofSlow =
          threads.submit(() -> {
            canceling[0] = Thread.currentThread();
            return queue.remove(SLOW.id());
          });
      Awaitility.await()
          .until(() -> canceling[0] != null && canceling[0].getState() == Thread.State.WAITING);
      assertThat(ofSlow.isDone()).isFalse();
      answered.countDown();
      assertThat(ofSlow.get()).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static BuildSpec build(String id) {
    return new BuildSpec(
        new BuildId(id),
        AppBuilder.of("app", "customer", "team", "shop").host("shop.example.com").build(),
        new Origin.Push("refs/heads/main", "0".repeat(40), "1".repeat(40), "ada@example.com"),
        Instant.MAX,
        Config.EMPTY,
        "token",
        URI.create("http://localhost"));
  }
}
