package io.platform.proxy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Joins two upgraded connections: copies bytes, and closes each side when the other ends. It starts
 * when the client's side opens, which is after its "101" was written.
 */
final class AppTunnel implements TunnelCopier.Ends {
  private static final Duration AFTER_ONE_END = Duration.ofSeconds(30);

  private final Side client;
  private final Side app;
  private final Runnable ended;
  private final AtomicInteger open = new AtomicInteger(2);
  private final AtomicInteger flowing = new AtomicInteger(2);

  AppTunnel(EndPoint client, EndPoint app, HttpClient owner, Duration idle, Runnable ended) {
    ByteBufferPool buffers = owner.getByteBufferPool();
    this.ended = ended;
    this.client = new Side(client, owner, this::start);
    this.app = new Side(app, owner, () -> {});
    client.setIdleTimeout(idle.toMillis());
    app.setIdleTimeout(idle.toMillis());
    this.client.pump = new TunnelCopier(this, buffers, client, app);
    this.app.pump = new TunnelCopier(this, buffers, app, client);
  }

  Connection client() {
    return client;
  }

  Connection app() {
    return app;
  }

  private void start() {
    client.pump();
    app.pump();
  }

  /**
   * One direction has ended in order: the other may go on for a while, as it does in a closing
   * handshake.
   */
  @Override
  public void onEnd() {
    if (flowing.decrementAndGet() == 0) {
      close(null);
    } else {
      client.getEndPoint().setIdleTimeout(AFTER_ONE_END.toMillis());
      app.getEndPoint().setIdleTimeout(AFTER_ONE_END.toMillis());
    }
  }

  @Override
  public void onFailure(Throwable failure) {
    close(failure);
  }

  void close(@Nullable Throwable cause) {
    client.getEndPoint().close(cause);
    app.getEndPoint().close(cause);
    // The client's side may not have been opened as a tunnel yet; then nobody tells that it closed.
    client.closed();
    app.closed();
  }

  /** One of the two connections. */
  private final class Side extends AbstractConnection.NonBlocking implements Connection.UpgradeTo {
    private final Runnable opened;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable TunnelCopier pump;

    private Side(EndPoint endPoint, HttpClient owner, Runnable opened) {
      super(endPoint, owner.getExecutor());
      this.opened = opened;
    }

    /** Bytes that came right behind the headers of the upgrade. */
    @Override
    public void onUpgradeTo(@Nullable ByteBuffer early) {
      if (early != null && early.hasRemaining() && pump != null) {
        pump.startWith(BufferUtil.copy(early));
      }
    }

    @Override
    public void onOpen() {
      super.onOpen();
      opened.run();
    }

    @Override
    public void onFillable() {
      pump();
    }

    private void pump() {
      if (pump != null) {
        pump.iterate();
      }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
      AppTunnel.this.close(cause);
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
      super.onClose(cause);
      AppTunnel.this.close(cause);
    }

    private void closed() {
      if (closed.compareAndSet(false, true) && open.decrementAndGet() == 0) {
        ended.run();
      }
    }
  }
}
