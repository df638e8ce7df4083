package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket to a pod, through the API server. The first byte of a message is its channel
 * (k8s.io/apimachinery, {@code pkg/util/remotecommand} and {@code pkg/util/httpstream/wsstream}).
 * The Kubernetes client's own exec and port-forward speak the fourth version of the protocol, which
 * cannot tell a command that its input has ended.
 *
 * <p>Both directions wait for who is slow: no message is read while much of what came is unread,
 * and none is written while much is unsent.
 */
final class PodSocket implements AutoCloseable {
  /** What may be unread. */
  private static final int READ_WINDOW = 256 << 10;

  /** What may be unsent. */
  private static final int WRITE_WINDOW = 256 << 10;

  /** The client tells nobody when it has sent something. */
  private static final Duration LOOK = Duration.ofMillis(5);

  /** A command that was started must not be started again. */
  private static final RequestConfig ONCE =
      new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build();

  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final int NORMAL = 1000;
  private static final int NO_CHANNEL = -1;

  /** Hears what comes, on one thread; must not block. */
  interface Receiver {
    /** A message. {@link PodSocket#consumed} is to be told of its bytes, when they were read. */
    void message(int channel, ByteBuffer data);

    /** Nothing comes any more. May be told twice. */
    void over();
  }

  private final WebSocket socket;
  private final Messages messages;

  private PodSocket(WebSocket socket, Messages messages) {
    this.socket = socket;
    this.messages = messages;
  }

  /**
   * Connects.
   *
   * @param address below that of the API server, with a query
   * @throws Refused where the API server, or the node, does not allow it
   * @throws IOException where it does not answer in time
   */
  static PodSocket open(KubernetesClient client, String address, String protocol, Receiver receiver)
      throws IOException, Refused {
    return open(client, address, protocol, receiver, CONNECT);
  }

  static PodSocket open(
      KubernetesClient client, String address, String protocol, Receiver receiver, Duration limit)
      throws IOException, Refused {
    Messages messages = new Messages(receiver);
    URI uri = URI.create(client.getMasterUrl().toString().replaceAll("/+$", "") + address);
    CompletableFuture<WebSocket> opened =
        client
            .newClient(ONCE)
            .getHttpClient()
            .newWebSocketBuilder()
            .uri(uri)
            .subprotocol(protocol)
            .connectTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .buildAsync(messages);
    try {
      return new PodSocket(opened.get(limit.toMillis(), TimeUnit.MILLISECONDS), messages);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException handshake) {
        throw new Refused(handshake.getResponse());
      }
      throw new IOException("the Kubernetes API server does not answer", e.getCause());
    } catch (TimeoutException e) {
      opened.cancel(true);
      throw new IOException("the Kubernetes API server does not answer", e);
    } catch (InterruptedException e) {
      opened.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting to a pod");
    }
  }

  /** The bytes of a message were read: others may come. */
  void consumed(int bytes) {
    messages.consumed(bytes);
  }

  /** Sends a message, and waits while too much is unsent. */
  void send(int channel, byte[] data, int offset, int length) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(length + 1);
    message.put((byte) channel).put(data, offset, length).flip();
    synchronized (socket) {
      awaitSent();
      if (!socket.send(message)) {
        throw new IOException("the connection to the pod is closed");
      }
    }
  }

  private void awaitSent() throws IOException {
    while (socket.queueSize() > WRITE_WINDOW && !messages.isOver()) {
      LockSupport.parkNanos(LOOK.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while sending to a pod");
      }
    }
  }

  @Override
  public void close() {
    socket.sendClose(NORMAL, "");
    messages.end();
  }

  /** It was not upgraded to a WebSocket. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Refused(HttpResponse<?> answer) {
      super(text(answer), null, false, false);
      this.status = answer.code();
    }

    /** The HTTP status. */
    int status() {
      return status;
    }

    private static String text(HttpResponse<?> answer) {
      try {
        return answer.bodyString();
      } catch (IOException e) {
        return "status %d, without a reason".formatted(answer.code());
      }
    }
  }

  /** Passes messages on, and asks for more only while not too much of them is unread. */
  private static final class Messages implements WebSocket.Listener {
    private final Receiver receiver;
    private @Nullable WebSocket paused;
    private long unread;
    private volatile boolean over;

    Messages(Receiver receiver) {
      this.receiver = receiver;
    }

    boolean isOver() {
      return over;
    }

    @Override
    public void onMessage(WebSocket from, ByteBuffer message) {
      int channel = message.hasRemaining() ? message.get() & 0xff : NO_CHANNEL;
      synchronized (this) {
        unread += message.remaining();
        paused = from;
      }
      receiver.message(channel, message);
      consumed(0);
    }

    @Override
    public void onMessage(WebSocket from, String text) {
      from.request(); // neither protocol has any
    }

    void consumed(int bytes) {
      WebSocket from;
      synchronized (this) {
        unread -= bytes;
        from = paused;
        if (from == null || (unread >= READ_WINDOW && !over)) {
          return;
        }
        paused = null;
      }
      from.request();
    }

    @Override
    public void onClose(WebSocket from, int code, String reason) {
      end();
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      end();
    }

    void end() {
      over = true;
      consumed(0);
      receiver.over();
    }
  }
}
