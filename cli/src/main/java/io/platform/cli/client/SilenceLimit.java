package io.platform.cli.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A stream that is closed, which fails the read, when nothing has come for a while. */
final class SilenceLimit extends FilterInputStream {
  private final long limit;
  private final Thread watch;
  private volatile long last = System.nanoTime();

  SilenceLimit(InputStream in, Duration limit) {
    super(in);
    this.limit = limit.toNanos();
    this.watch = Thread.ofVirtual().start(this::watch);
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = super.read(bytes, from, length);
    last = System.nanoTime();
    return count;
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    super.close();
  }

  private void watch() {
    try {
      for (long left = limit; left > 0; left = limit - (System.nanoTime() - last)) {
        Thread.sleep(Duration.ofNanos(left));
      }
      in.close();
    } catch (InterruptedException ended) {
      // The stream was closed: nothing is left to watch.
    } catch (IOException closed) {
      // The read that waits fails all the same.
    }
  }
}
