package io.platform.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Copies an app's body to the client: the next chunk is read when the last one is written, so that
 * a slow client slows the app, and no more than two chunks are held. The headers go out as soon as
 * the app is quiet, so that an event stream is seen to have begun.
 */
final class ResponseCopier extends IteratingCallback {
  private final org.eclipse.jetty.client.Response answer;
  private final Content.Source source;
  private final Response response;
  private final CompletableFuture<Void> written = new CompletableFuture<>();
  private final Runnable onContent = Invocable.from(InvocationType.NON_BLOCKING, this::iterate);
  private Content.@Nullable Chunk writing;
  private Content.@Nullable Chunk next;
  private boolean headersOut;
  private boolean lastOut;

  ResponseCopier(
      org.eclipse.jetty.client.Response answer, Content.Source source, Response response) {
    this.answer = answer;
    this.source = source;
    this.response = response;
  }

  /** Done when the last byte is written to the client, failed when that will not happen. */
  CompletableFuture<Void> written() {
    return written;
  }

  void stop(Throwable failure) {
    abort(failure);
  }

  @Override
  protected Action process() {
    writing = release(writing);
    if (lastOut) {
      return Action.SUCCEEDED;
    }
    Content.Chunk chunk = next == null ? source.read() : next;
    next = null;
    if (chunk == null) {
      return headersOut ? waitForContent() : write(false, BufferUtil.EMPTY_BUFFER);
    }
    if (Content.Chunk.isFailure(chunk)) {
      var _ = answer.abort(chunk.getFailure());
      return Action.IDLE;
    }
    writing = chunk;
    return write(chunk.isLast() || nothingFollows(), chunk.getByteBuffer());
  }

  /** Looks one chunk ahead, so that the end goes out together with the last bytes. */
  private boolean nothingFollows() {
    Content.Chunk following = source.read();
    if (following == null
        || Content.Chunk.isFailure(following)
        || !following.isLast()
        || following.hasRemaining()) {
      next = following;
      return false;
    }
    following.release();
    return true;
  }

  private Action waitForContent() {
    source.demand(onContent);
    return Action.IDLE;
  }

  private Action write(boolean last, ByteBuffer bytes) {
    headersOut = true;
    lastOut = last;
    response.write(last, bytes, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    written.complete(null);
  }

  @Override
  protected void onCompleteFailure(Throwable failure) {
    writing = release(writing);
    next = release(next);
    written.completeExceptionally(failure);
    // The client cannot take more: the app need not send more. Where the app failed first, this
    // does nothing.
    var _ = answer.abort(failure);
  }

  private static Content.@Nullable Chunk release(Content.@Nullable Chunk chunk) {
    if (chunk != null) {
      chunk.release();
    }
    return null;
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
