package io.platform.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits until a process accepts connections on its port. */
final class Readiness {
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration LATER = Duration.ofMillis(100);
  private static final int CONNECT_MILLIS = 1000;

  private final List<InetAddress> loopback;

  Readiness() {
    try {
      byte[] v6 = new byte[16];
      v6[15] = 1;
      loopback =
          List.of(
              InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1}),
              InetAddress.getByAddress("localhost", v6));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Where it answers; empty when it has ended, or did not answer within the limit.
   *
   * @param sealed whether all that it starts stays below it, so that who else listens is a stranger
   */
  Optional<InetSocketAddress> await(Child child, int port, Duration limit, boolean sealed) {
    long end = System.nanoTime() + limit.toNanos();
    Duration pause = SOON;
    while (System.nanoTime() < end) {
      if (child.endsWithin(pause)) {
        return Optional.empty();
      }
      for (InetAddress address : loopback) {
        InetSocketAddress target = new InetSocketAddress(address, port);
        if (accepts(target) && !(sealed && ListeningPorts.isForeign(child.handle(), target))) {
          return Optional.of(target);
        }
      }
      pause = pause.multipliedBy(3).dividedBy(2);
      pause = pause.compareTo(LATER) > 0 ? LATER : pause;
    }
    return Optional.empty();
  }

  /** Whether another process listens on the port. */
  boolean isTaken(Child child, int port) {
    return loopback.stream()
        .map(address -> new InetSocketAddress(address, port))
        .anyMatch(target -> ListeningPorts.isForeign(child.handle(), target));
  }

  private static boolean accepts(InetSocketAddress target) {
    try (Socket socket = new Socket()) {
      socket.connect(target, CONNECT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
