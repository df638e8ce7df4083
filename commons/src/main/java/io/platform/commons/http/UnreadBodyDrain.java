package io.platform.commons.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads and drops the rest of a request's body after the answer has been sent. Without it the
 * server would close a connection on which the client still sends; the system then resets the
 * connection, and the client loses the answer that says why its request was refused.
 *
 * <p>The rest is bounded by bytes and by time; beyond that the connection is closed. A client that
 * waits for {@code 100 Continue} sends no body after the answer.
 */
final class UnreadBodyDrain extends Handler.Wrapper {
  private static final long MOST_BYTES = 64L * 1024 * 1024;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  UnreadBodyDrain(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Unread unread = new Unread(request, response);
    return super.handle(unread, response, new AfterAnswer(unread, callback));
  }

  /**
   * Keeps the handlers behind from giving the connection up where the client has not sent all of
   * the body yet.
   */
  private static final class Unread extends Request.Wrapper {
    private final Response response;

    private Unread(Request request, Response response) {
      super(request);
      this.response = response;
    }

    @Override
    public boolean consumeAvailable() {
      return isDrained() || super.consumeAvailable();
    }

    /** Whether the rest of the body is read after the answer; nobody waits for a client again. */
    private boolean isDrained() {
      return getLength() <= MOST_BYTES
          && !getHeaders().contains(HttpHeader.EXPECT)
          && response.getStatus() != HttpStatus.REQUEST_TIMEOUT_408
          && getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) == null;
    }
  }

  /** Completes the request when its body has been read. */
  private static final class AfterAnswer extends Callback.Nested {
    private final Unread request;
    private long bytes;
    private long end;

    private AfterAnswer(Unread request, Callback callback) {
      super(callback);
      this.request = request;
    }

    @Override
    public void succeeded() {
      if (request.isDrained()) {
        end = System.nanoTime() + LONGEST.toNanos();
        drain();
      } else {
        super.succeeded();
      }
    }

    private void drain() {
      try {
        while (bytes <= MOST_BYTES && System.nanoTime() - end < 0) {
          Content.Chunk chunk = request.read();
          if (chunk == null) {
            request.demand(this::drain);
            return;
          }
          bytes += chunk.remaining();
          chunk.release();
          if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
            break;
          }
        }
      } catch (IllegalStateException e) {
        // Somebody else still waits for the body, who gets it instead.
      }
      super.succeeded();
    }
  }
}
