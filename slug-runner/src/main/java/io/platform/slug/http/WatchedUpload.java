package io.platform.slug.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Uploads a file to a store and measures its progress. A limit for the whole request would have to
 * know how fast the network is; this one ends an upload of which nothing goes out any more, or that
 * is not answered.
 */
final class WatchedUpload implements BodyPublisher {
  private static final Duration LOOK = Duration.ofMillis(250);

  /** A store may take its time with what it has whole: it checks it, and writes it to its disks. */
  private static final int ANSWER_FACTOR = 2;

  private final BodyPublisher file;
  private final Duration stall;
  private volatile long lastSign = System.nanoTime();
  private volatile boolean whole;

  WatchedUpload(Path file, Duration stall) throws FileNotFoundException {
    this.file = BodyPublishers.ofFile(file);
    this.stall = stall;
  }

  /** The status of the answer. */
  int send(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      while (true) {
        try {
          return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (TimeoutException notYet) {
          if (System.nanoTime() - lastSign > limit().toNanos()) {
            throw new IOException("the transfer stalled", notYet);
          }
        }
      }
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private Duration limit() {
    return whole ? stall.multipliedBy(ANSWER_FACTOR) : stall;
  }

  @Override
  public long contentLength() {
    return file.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    file.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer piece) {
            lastSign = System.nanoTime();
            subscriber.onNext(piece);
          }

          @Override
          public void onError(Throwable failure) {
            subscriber.onError(failure);
          }

          @Override
          public void onComplete() {
            lastSign = System.nanoTime();
            whole = true;
            subscriber.onComplete();
          }
        });
  }
}
