package io.platform.signal;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Signals within one JVM: the tickets of a topic share one future, which the next signal completes.
 * A topic that nobody has a ticket of is forgotten.
 */
public final class LocalSignals implements Signals {
  private final ConcurrentMap<Topic, CompletableFuture<Void>> next =
      Caffeine.newBuilder()
          .weakValues()
          .executor(Runnable::run)
          .<Topic, CompletableFuture<Void>>build()
          .asMap();
  private final List<Consumer<Topic>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public Ticket ticket(Topic topic) {
    CompletableFuture<Void> raised = next.computeIfAbsent(topic, t -> new CompletableFuture<>());
    return limit -> await(raised, limit);
  }

  private static boolean await(CompletableFuture<Void> raised, Duration limit)
      throws InterruptedException {
    try {
      raised.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void raise(Topic topic) {
    if (topic instanceof Topic.Anything) {
      next.keySet().forEach(this::wake);
    } else {
      wake(topic);
    }
    listeners.forEach(listener -> listener.accept(topic));
  }

  private void wake(Topic topic) {
    CompletableFuture<Void> raised = next.remove(topic);
    if (raised != null) {
      raised.complete(null);
    }
  }

  @Override
  public Subscription listen(Consumer<Topic> consumer) {
    listeners.add(consumer);
    return () -> listeners.remove(consumer);
  }
}
