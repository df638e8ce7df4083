package io.platform.commons.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class BoundedStopTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Logger log = (Logger) LoggerFactory.getLogger(BoundedStop.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch runs = new CountDownLatch(1);

  @BeforeEach
  void listen() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void letAllEnd() {
    end.countDown();
    log.detachAppender(logged);
  }

  @Test
  void namesTheThreadsThatIgnoreInterruption() throws InterruptedException {
    Thread stubborn = Thread.ofVirtual().name("stubborn").start(this::ignoreInterruption);
    Thread obedient = Thread.ofVirtual().name("obedient").start(this::untilInterrupted);
    runs.await();

    assertThat(BoundedStop.stop(obedient, LONG)).isTrue();
    assertThat(BoundedStop.stop(List.of(obedient, stubborn), SHORT)).isFalse();

    assertThat(lines()).containsExactly("stubborn did not end within 0 s");
  }

  @Test
  void dropsTasksThatWaitAndLeavesOneThatIgnoresInterruption() throws InterruptedException {
    ExecutorService tasks = Executors.newSingleThreadExecutor();
    CountDownLatch waited = new CountDownLatch(1);
    tasks.execute(this::ignoreInterruption);
    tasks.execute(waited::countDown);
    runs.await();

    assertThat(BoundedStop.stop("collection", tasks, SHORT)).isFalse();
    end.countDown();
    assertThat(BoundedStop.stop("collection", tasks, LONG)).isTrue();

    assertThat(waited.getCount()).isEqualTo(1);
    assertThat(lines()).containsExactly("collection did not end within 0 s");
  }

  @Test
  void leavesAPartThatDoesNotClose() {
    assertThat(BoundedStop.close("proxy", this::ignoreInterruption, SHORT)).isFalse();
    assertThat(lines())
        .containsExactly("the proxy did not stop within 0 s; the server stops without it");
  }

  @Test
  void tellsOfAPartThatFailsToClose() {
    AutoCloseable failing =
        () -> {
          throw new IllegalStateException("no");
        };
    assertThat(BoundedStop.close("proxy", failing, LONG)).isTrue();
    assertThat(lines()).containsExactly("the proxy did not stop cleanly");
  }

  private List<String> lines() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void untilInterrupted() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ignoreInterruption() {
    runs.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        end.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
