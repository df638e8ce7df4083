package io.platform.process.app;

import io.platform.process.sandbox.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Waits until a process accepts connections on its port. */
final class PortReadiness {
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration LATER = Duration.ofMillis(100);
  private static final int CONNECT_MILLIS = 1000;

  /** After which it is looked at where else the process listens, and how often then. */
  private static final Duration ELSEWHERE = Duration.ofSeconds(2);

  /** One look can miss a process of the app that has just been forked, or has just ended. */
  private static final int LOOKS = 3;

  private static final List<InetAddress> LOOPBACK =
      List.of(LoopbackAddresses.IPV4, LoopbackAddresses.IPV6);

  /** What became of the wait. */
  sealed interface Result {
    /** The process, or what it started, accepts connections there. */
    record Listens(InetSocketAddress address) implements Result {}

    /** Somebody else does. {@code by} says who, for the operator. */
    record Taken(String by) implements Result {}

    /** The process has ended. */
    record Ended(int exitCode) implements Result {}

    /** Nobody did within the limit. */
    record Silent() implements Result {}
  }

  private PortReadiness() {}

  /**
   * Waits for connections on the port.
   *
   * @param elsewhere called once, if the process listens on another port so far
   */
  static Result await(ChildProcess child, int port, Duration limit, IntConsumer elsewhere) {
    long begin = System.nanoTime();
    long end = begin + limit.toNanos();
    long look = begin + ELSEWHERE.toNanos();
    boolean reported = false;
    Duration pause = SOON;
    int looksWithOther = 0;
    while (System.nanoTime() < end) {
      if (child.endsWithin(pause)) {
        return otherListener(child, port)
            .<Result>map(Result.Taken::new)
            .orElseGet(() -> new Result.Ended(child.ended().join()));
      }
      Optional<InetSocketAddress> answers = answering(port);
      if (answers.isPresent()) {
        Optional<String> otherListener =
            ListeningPorts.otherListener(child.processes(), answers.get());
        if (otherListener.isEmpty()) {
          return new Result.Listens(answers.get());
        }
        if (++looksWithOther == LOOKS) {
          return new Result.Taken(otherListener.get());
        }
      }
      if (!reported && answers.isEmpty() && System.nanoTime() - look >= 0) {
        Optional<Integer> other = ListeningPorts.other(child.processes(), port);
        other.ifPresent(elsewhere::accept);
        reported = other.isPresent();
        look = System.nanoTime() + ELSEWHERE.toNanos();
      }
      pause = pause.multipliedBy(3).dividedBy(2);
      pause = pause.compareTo(LATER) > 0 ? LATER : pause;
    }
    return new Result.Silent();
  }

  /** Who listens on the port of a process that has ended. */
  private static Optional<String> otherListener(ChildProcess child, int port) {
    return LOOPBACK.stream()
        .map(address -> new InetSocketAddress(address, port))
        .flatMap(target -> ListeningPorts.otherListener(child.processes(), target).stream())
        .findFirst();
  }

  private static Optional<InetSocketAddress> answering(int port) {
    return LOOPBACK.stream()
        .map(address -> new InetSocketAddress(address, port))
        .filter(PortReadiness::accepts)
        .findFirst();
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
