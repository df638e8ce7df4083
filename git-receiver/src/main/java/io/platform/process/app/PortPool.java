package io.platform.process.app;

import io.platform.process.sandbox.ProcessSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Ports for apps. Own bookkeeping, since an app takes its time to bind; and a check that nobody
 * else listens, on any address. Reserved ones are given to nobody, also while nobody listens there.
 */
public final class PortPool {
  private final ProcessSettings.Ports range;
  private final BitSet taken = new BitSet();
  private int next;

  public PortPool(ProcessSettings.Ports range) {
    this.range = range;
    this.next = RandomGenerator.getDefault().nextInt(size());
  }

  /** The next free one: the numbers of late are not used again soon. */
  int take() throws IOException {
    for (int tried = 0; tried < size(); tried++) {
      OptionalInt port = reserveNext();
      if (port.isPresent()) {
        if (isFree(port.getAsInt())) {
          return port.getAsInt();
        }
        release(port.getAsInt());
      }
    }
    throw new NoFreePortException(range);
  }

  /** Empty where the next one in turn has been given to somebody. */
  private synchronized OptionalInt reserveNext() {
    int offset = next;
    next = (next + 1) % size();
    int port = range.first() + offset;
    if (taken.get(offset) || range.reserved().contains(port)) {
      return OptionalInt.empty();
    }
    taken.set(offset);
    return OptionalInt.of(port);
  }

  synchronized void release(int port) {
    taken.clear(port - range.first());
  }

  private int size() {
    return range.last() - range.first() + 1;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(port), 1);
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
