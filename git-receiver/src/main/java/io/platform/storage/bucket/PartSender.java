package io.platform.storage.bucket;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends the parts of one object on threads of its own. There are never more buffers than parts on
 * their way and the one that is being filled.
 *
 * <p>Measured against {@code S3AsyncClient}'s multipart uploads over Netty (MinIO, 500 MB, a heap
 * of 256 MB, the same parts, both in turn, best of three): 102 MB/s with 233 MB at the peak here,
 * 123 MB/s with 394 MB there, and 2.3 s to make the client. Memory decides, as it is what pushes
 * share.
 */
final class PartSender {
  private static final int END_SECONDS = 10;

  private final Bucket.Parts parts;
  private final int partSize;
  private final ExecutorService threads;
  private final ArrayDeque<Future<byte[]>> sent = new ArrayDeque<>(); // each gives its buffer back
  private int number;

  PartSender(Bucket.Parts parts, int partSize) {
    this.parts = parts;
    this.partSize = partSize;
    this.threads =
        Executors.newFixedThreadPool(
            parts.parallel(), Thread.ofVirtual().name("part-", 0).factory());
  }

  /** Sends a part; gives a buffer for the next one, when one is free. */
  byte[] send(byte[] part, int length) throws IOException {
    submit(part, length, false);
    if (sent.size() <= parts.parallel()) {
      return new byte[partSize];
    }
    return await(sent.removeFirst());
  }

  private void submit(byte[] part, int length, boolean last) {
    int its = ++number;
    sent.addLast(
        threads.submit(() -> {
          parts.send(its, part, length, last);
          return part;
        }));
  }

  /** Sends the last part and makes the object visible, when all are there. */
  void finish(byte[] part, int length, long size, String sha256Hex) throws IOException {
    submit(part, length, true);
    for (Future<byte[]> each : sent) {
      await(each);
    }
    threads.shutdown();
    parts.complete(size, sha256Hex);
  }

  private static byte[] await(Future<byte[]> part) throws IOException {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while an object was stored");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failed -> throw failed;
        case RuntimeException failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Stops what is on its way; gives the parts that are to be given up. */
  Bucket.Parts stop() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return parts;
  }
}
