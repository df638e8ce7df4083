package io.platform.git.http.fetch;

import io.platform.git.http.protocol.KeepAliveOutput;
import java.util.Collection;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PreUploadHook;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a fetch's connection alive from when the pack is prepared, as C git does
 * (uploadpack.keepAlive): so it is noticed that a client has left while objects are counted.
 */
final class FetchKeepAlive implements PreUploadHook, AutoCloseable {
  private final KeepAliveOutput out;
  private KeepAliveOutput.@Nullable KeepAlive alive;

  FetchKeepAlive(KeepAliveOutput out) {
    this.out = out;
  }

  @Override
  public void onBeginNegotiateRound(
      UploadPack upload, Collection<? extends ObjectId> wants, int offered) {}

  @Override
  public void onEndNegotiateRound(
      UploadPack upload,
      Collection<? extends ObjectId> wants,
      int common,
      int notFound,
      boolean ready) {}

  @Override
  public void onSendPack(
      UploadPack upload,
      Collection<? extends ObjectId> wants,
      Collection<? extends ObjectId> haves) {
    alive = out.keepAlive(upload.isSideBand(), () -> false);
  }

  @Override
  public void close() {
    if (alive != null) {
      alive.close();
    }
  }
}
