package io.platform.process;

import io.platform.app.RunnerEvent;
import io.platform.app.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to those who watch, in order, each on a thread of its own: a slow one holds up
 * nobody.
 */
final class Watchers {
  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  private record Watcher(Consumer<RunnerEvent> consumer, ExecutorService thread) {
    void tell(RunnerEvent event) {
      thread.execute(() -> {
        try {
          consumer.accept(event);
        } catch (RuntimeException broken) {
          LOG.error("a watcher failed on {}", event, broken);
        }
      });
    }
  }

  /**
   * The caller keeps events away meanwhile, so that none comes between the current ones and the
   * next.
   */
  Subscription add(Consumer<RunnerEvent> consumer, List<RunnerEvent> current) {
    Watcher watcher =
        new Watcher(
            consumer,
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("watch builds").factory()));
    current.forEach(watcher::tell);
    watchers.add(watcher);
    return () -> {
      if (watchers.remove(watcher)) {
        watcher.thread().shutdownNow();
      }
    };
  }

  void tell(RunnerEvent event) {
    watchers.forEach(watcher -> watcher.tell(event));
  }
}
