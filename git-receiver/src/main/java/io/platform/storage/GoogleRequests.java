package io.platform.storage;

import com.google.api.client.http.javanet.ConnectionFactory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Ends requests that take too long. A write that blocks, since nobody reads at the other end, is
 * ended by nothing but the end of its connection: to interrupt it waits for a lock that it holds.
 */
final class GoogleRequests implements ConnectionFactory {
  private static final long AGAIN_MILLIS = 500;

  private final ScopedValue<Connection> connections = ScopedValue.newInstance();

  @Override
  public HttpURLConnection openConnection(URL url) throws IOException {
    HttpURLConnection opened = (HttpURLConnection) url.openConnection();
    if (connections.isBound()) {
      connections.get().is(opened);
    }
    return opened;
  }

  /** Makes a request on a thread of its own, and gives it up after a time. */
  <T extends @Nullable Object> T within(Duration limit, Callable<T> request)
      throws InterruptedException, ExecutionException, TimeoutException {
    Connection connection = new Connection();
    FutureTask<T> answer =
        new FutureTask<>(() -> ScopedValue.where(connections, connection).call(request::call));
    Thread.ofVirtual().name("google-request").start(answer);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException e) {
      Thread.ofVirtual().name("google-request-end").start(() -> connection.end(answer));
      throw e;
    }
  }

  /** The one that a request uses now: it opens another for each attempt. */
  private static final class Connection {
    private @Nullable HttpURLConnection used;
    private boolean ended;

    synchronized void is(HttpURLConnection opened) throws IOException {
      if (ended) {
        throw new InterruptedIOException("the request was given up");
      }
      used = opened;
    }

    private synchronized void disconnect() {
      ended = true;
      if (used != null) {
        used.disconnect();
      }
    }

    /** Again and again: what is not yet connected cannot be disconnected. */
    void end(FutureTask<?> answer) {
      while (!answer.isDone()) {
        disconnect();
        try {
          answer.get(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // it tries to connect, or rests before it does
        } catch (ExecutionException e) {
          return; // as it should
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
