package io.platform.kubernetes.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once that the API server is unreachable, and once that it is back, however many requests and
 * watches fail. The client's own watches would write a stack trace at every attempt; the programs'
 * logging leaves those out.
 */
public final class ApiServerHealth implements Interceptor {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServerHealth.class);
  private static final int SERVER_ERROR = 500;

  /** What OkHttp says of a call that was canceled; it has no exception of its own for that. */
  private static final String CANCELED = "Canceled";

  private final AtomicBoolean lasts = new AtomicBoolean();
  private final LongAdder restarts = new LongAdder();
  private volatile boolean closing;

  /** The client is about to be closed: that ends its requests, and is no outage. */
  public void closing() {
    closing = true;
  }

  /** How often a watch broke off and began again, since the start. */
  public long watchRestarts() {
    return restarts.sum();
  }

  /**
   * Lets a watch begin again after whatever broke it off, counts that it did, and tells why it
   * broke off.
   */
  void observe(SharedIndexInformer<? extends HasMetadata> informer) {
    informer.addEventHandler(new RestartCounter());
    informer.exceptionHandler((started, failure) -> {
      broke(informer.getApiTypeClass().getSimpleName(), failure);
      return true;
    });
  }

  private void broke(String kind, Throwable failure) {
    Throwable why =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (why instanceof KubernetesClientException refused
        && ApiErrorKind.of(refused) != ApiErrorKind.PASSING) {
      LOG.warn(
          "objects of the kind {} cannot be watched; it is tried again: {}",
          kind,
          ApiErrorKind.message(refused));
    } else {
      began(why);
    }
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    began(failure);
  }

  private void began(Throwable failure) {
    if (!closing && !isCanceled(failure) && lasts.compareAndSet(false, true)) {
      LOG.warn(
          "the Kubernetes API server does not answer ({}); running builds and apps continue, and requests are repeated until it answers",
          ApiErrorKind.reason(failure));
    }
  }

  /** Whether the platform did not want the answer any more. */
  private static boolean isCanceled(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .takeWhile(it -> !(it instanceof InterruptedIOException)) // a limit cancels the call, too
        .anyMatch(it -> it instanceof CancellationException || CANCELED.equals(it.getMessage()));
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    if (response.code() < SERVER_ERROR && lasts.compareAndSet(true, false)) {
      LOG.info("the Kubernetes API server answers again");
    }
  }

  /** A watch that begins again lists first what is there. */
  private final class RestartCounter implements ResourceEventHandler<HasMetadata> {
    private final AtomicBoolean began = new AtomicBoolean();

    @Override
    public void onList(String resourceVersion, boolean remainedEmpty) {
      if (!began.compareAndSet(false, true)) {
        restarts.increment();
      }
    }

    @Override
    public void onAdd(HasMetadata object) {}

    @Override
    public void onUpdate(HasMetadata before, HasMetadata now) {}

    @Override
    public void onDelete(HasMetadata object, boolean unseen) {}
  }
}
