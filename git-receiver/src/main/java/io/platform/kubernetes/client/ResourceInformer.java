package io.platform.kubernetes.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.platform.domain.port.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The objects of one kind as they are now, kept current by a watch that begins again by itself
 * where it breaks off.
 */
public final class ResourceInformer<T extends HasMetadata> implements AutoCloseable {
  private final SharedIndexInformer<T> informer;
  private boolean started;

  /** Observes nothing before {@link #start}. */
  public ResourceInformer(
      SharedIndexInformer<T> informer, ResourceEventHandler<T> handler, ApiServerHealth health) {
    this.informer = informer;
    informer.addEventHandler(handler);
    health.observe(informer);
  }

  /**
   * Starts, unless started, and returns when what is there now is known.
   *
   * @throws Unavailable where the API server does not say it within the limit
   */
  public synchronized void start(Duration limit) {
    if (started) {
      return;
    }
    try {
      informer.start().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      started = true;
    } catch (ExecutionException | TimeoutException e) {
      throw new Unavailable(
          "the Kubernetes API server cannot be reached, and does not say what runs");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting to watch", e);
    }
  }

  public List<T> all() {
    return informer.getStore().list();
  }

  public List<T> in(String namespace) {
    return all().stream()
        .filter(object -> namespace.equals(object.getMetadata().getNamespace()))
        .toList();
  }

  @Override
  public void close() {
    informer.close();
  }
}
