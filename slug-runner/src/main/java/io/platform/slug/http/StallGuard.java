package io.platform.slug.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends a stalled stream, because Java's HTTP client would wait forever. */
final class StallGuard extends FilterInputStream {
  private final long limitNanos;
  private final Thread watch;
  private volatile long waitingSince;
  private volatile boolean waiting;
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration limit) {
    super(in);
    limitNanos = limit.toNanos();
    watch = Thread.ofPlatform().name("stall-guard").daemon().start(() -> watch(limit.dividedBy(4)));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    waitingSince = System.nanoTime();
    waiting = true;
    try {
      return in.read(bytes, offset, length);
    } catch (IOException failure) {
      throw stalled ? new IOException("the transfer stalled", failure) : failure;
    } finally {
      waiting = false;
    }
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    in.close();
  }

  private void watch(Duration interval) {
    try {
      while (!waiting || System.nanoTime() - waitingSince < limitNanos) {
        Thread.sleep(interval);
      }
      stalled = true;
      in.close();
    } catch (InterruptedException | IOException over) {
      Thread.currentThread().interrupt();
    }
  }
}
