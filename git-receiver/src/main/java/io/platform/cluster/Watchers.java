package io.platform.cluster;

import io.platform.app.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what happens to those who watch, in order, each on a thread of its own: a slow one holds up
 * nobody.
 */
final class Watchers<E> {
  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

  private final String name;
  private final List<Watcher<E>> watchers = new CopyOnWriteArrayList<>();

  Watchers(String name) {
    this.name = name;
  }

  private record Watcher<E>(Consumer<E> consumer, ExecutorService thread) {
    void tell(E event) {
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
   * Tells the current events at once, on the caller's thread, which keeps others away meanwhile.
   */
  Subscription add(Consumer<E> consumer, List<E> current) {
    current.forEach(consumer);
    Watcher<E> watcher =
        new Watcher<>(
            consumer, Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory()));
    watchers.add(watcher);
    return () -> {
      if (watchers.remove(watcher)) {
        watcher.thread().shutdownNow();
      }
    };
  }

  void tell(E event) {
    watchers.forEach(watcher -> watcher.tell(event));
  }
}
