package io.platform.api.attach;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Sends messages one after the other, and waits until the connection has taken each: a client that
 * reads slowly makes the process wait, and nothing piles up.
 */
final class SocketSender {
  private final Session session;

  SocketSender(Session session) {
    this.session = session;
  }

  /** Sends one message. Returns when it is on its way. */
  synchronized void send(Channel channel, byte[] data, int length) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(length + 1);
    message.put(channel.number()).put(data, 0, length).flip();
    CompletableFuture<Void> sent = new CompletableFuture<>();
    session.sendBinary(
        message, Callback.from(() -> sent.complete(null), sent::completeExceptionally));
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new IOException("the client has gone", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  void send(Channel channel, byte[] data) throws IOException {
    send(channel, data, data.length);
  }

  /** Keeps the connection from looking idle. Does not wait. */
  void ping(Runnable gone) {
    session.sendPing(ByteBuffer.allocate(0), Callback.from(() -> {}, failure -> gone.run()));
  }

  /** Says goodbye. */
  void close(int status, String reason) {
    session.close(status, reason, Callback.NOOP);
  }
}
