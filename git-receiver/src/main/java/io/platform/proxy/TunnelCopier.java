package io.platform.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a tunnel: reads when the last write is done, so that a slow reader slows the
 * writer; holds no buffer while it waits.
 */
final class TunnelCopier extends IteratingCallback {
  private static final int SIZE = 16 * 1024;

  /** Takes the ends of both directions. */
  interface Ends {
    /** In order: the reader has got all. */
    void onEnd();

    void onFailure(Throwable failure);
  }

  private final Ends ends;
  private final ByteBufferPool buffers;
  private final EndPoint from;
  private final EndPoint to;
  private final Callback fillable =
      new Callback() {
        @Override
        public void succeeded() {
          iterate();
        }

        @Override
        public void failed(Throwable failure) {
          ends.onFailure(failure);
        }

        @Override
        public InvocationType getInvocationType() {
          return InvocationType.NON_BLOCKING;
        }
      };
  private @Nullable RetainableByteBuffer buffer;
  private @Nullable ByteBuffer early;

  TunnelCopier(Ends ends, ByteBufferPool buffers, EndPoint from, EndPoint to) {
    this.ends = ends;
    this.buffers = buffers;
    this.from = from;
    this.to = to;
  }

  void startWith(ByteBuffer bytes) {
    early = bytes;
  }

  @Override
  protected Action process() throws IOException {
    ByteBuffer first = early;
    if (first != null) {
      early = null;
      to.write(this, first);
      return Action.SCHEDULED;
    }
    RetainableByteBuffer bytes = buffer == null ? buffers.acquire(SIZE, true) : buffer;
    buffer = bytes;
    bytes.clear();
    int filled = from.fill(bytes.getByteBuffer());
    if (filled > 0) {
      to.write(this, bytes.getByteBuffer());
      return Action.SCHEDULED;
    }
    release();
    if (filled < 0) {
      to.shutdownOutput();
      return Action.SUCCEEDED;
    }
    from.fillInterested(fillable);
    return Action.IDLE;
  }

  private void release() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }

  @Override
  protected void onCompleteSuccess() {
    ends.onEnd();
  }

  @Override
  protected void onCompleteFailure(Throwable failure) {
    release();
    ends.onFailure(failure);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
