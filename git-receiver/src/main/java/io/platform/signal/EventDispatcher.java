package io.platform.signal;

import io.platform.domain.port.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to watchers in order, each on a thread of its own, so that a slow watcher does
 * not block others.
 */
public final class EventDispatcher<E> {
  private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

  private final String name;
  private final List<Watcher<E>> watchers = new CopyOnWriteArrayList<>();

  /** A dispatcher whose threads have that name. */
  public EventDispatcher(String name) {
    this.name = name;
  }

  private record Watcher<E>(Consumer<E> consumer, ExecutorService thread) {
    void dispatch(E event) {
      try {
        thread.execute(() -> hand(event));
      } catch (RejectedExecutionException e) {
        LOG.debug("a watcher has just left: {}", event);
      }
    }

    private void hand(E event) {
      try {
        consumer.accept(event);
      } catch (RuntimeException e) {
        LOG.error("a watcher failed on {}", event, e);
      }
    }
  }

  /**
   * Hands over the current events at once, on the caller's thread, which keeps others away
   * meanwhile; and from then on each that is dispatched.
   */
  public Subscription add(Consumer<E> consumer, List<E> current) {
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

  /** Hands an event to all who watch. Never blocks. */
  public void dispatch(E event) {
    watchers.forEach(watcher -> watcher.dispatch(event));
  }
}
