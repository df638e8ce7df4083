package io.platform.api.attach;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what a process writes. On a platform thread: reading from a process holds one anyhow. */
final class OutputPump {
  private static final Logger LOG = LoggerFactory.getLogger(OutputPump.class);
  private static final long STACK = 256 << 10;

  private final SocketSender sender;
  private final Channel channel;
  private final InputStream from;
  private final int chunkBytes;
  private final Thread thread;
  private volatile boolean reads;
  private final AtomicLong chunks = new AtomicLong();

  private OutputPump(SocketSender sender, Channel channel, InputStream from, int chunkBytes) {
    this.sender = sender;
    this.channel = channel;
    this.from = from;
    this.chunkBytes = chunkBytes;
    this.thread =
        Thread.ofPlatform()
            .name("output of a process")
            .daemon()
            .stackSize(STACK)
            .unstarted(this::run);
  }

  static OutputPump start(SocketSender sender, Channel channel, InputStream from, int chunkBytes) {
    OutputPump pump = new OutputPump(sender, channel, from, chunkBytes);
    pump.thread.start();
    return pump;
  }

  private void run() {
    byte[] chunk = new byte[chunkBytes];
    try {
      for (int count = read(chunk); count >= 0; count = read(chunk)) {
        sender.send(channel, chunk, count);
      }
    } catch (IOException e) {
      LOG.debug("the output of a process ended", e);
    }
  }

  private int read(byte[] chunk) throws IOException {
    reads = true;
    try {
      return from.read(chunk);
    } finally {
      chunks.incrementAndGet();
      reads = false;
    }
  }

  /**
   * Waits for the end of the output. Where the process has ended, something that it left behind may
   * hold it open: then until nothing came for a while.
   */
  void awaitEnd(long quietMillis) throws InterruptedException {
    long before = -1;
    while (thread.isAlive() && !(reads && chunks.get() == before)) {
      before = chunks.get();
      thread.join(quietMillis);
    }
  }
}
