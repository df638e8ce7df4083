package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.process.sandbox.ProcessSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPoolTest {
  private final int first = firstOfThreeFreePorts();
  private final PortPool ports = new PortPool(new ProcessSettings.Ports(first, first + 2));

  /** Below those that systems use for outgoing connections. */
  private static int firstOfThreeFreePorts() {
    return new Random()
        .ints(10_000, 19_000)
        .filter(port -> isFree(port) && isFree(port + 1) && isFree(port + 2))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  @Test
  void givesEachPortOnceUntilItIsGivenBack() throws IOException {
    List<Integer> taken = List.of(ports.take(), ports.take(), ports.take());
    assertThat(taken).containsExactlyInAnyOrder(first, first + 1, first + 2);
    assertThatThrownBy(ports::take)
        .isInstanceOf(NoFreePortException.class)
        .hasMessage("no port from %d to %d is free".formatted(first, first + 2));
    ports.release(first + 1);
    assertThat(ports.take()).isEqualTo(first + 1);
  }

  @Test
  void passesOverPortsOnWhichSomebodyElseListens() throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first + 1));
      assertThat(List.of(ports.take(), ports.take())).containsExactlyInAnyOrder(first, first + 2);
      assertThatThrownBy(ports::take).isInstanceOf(IOException.class);
    }
  }

  @Test
  void givesNobodyAReservedPortAlsoWhenNobodyListensThere() throws IOException {
    PortPool reserving =
        new PortPool(new ProcessSettings.Ports(first, first + 2, Set.of(first + 1)));
    assertThat(List.of(reserving.take(), reserving.take()))
        .containsExactlyInAnyOrder(first, first + 2);
    assertThatThrownBy(reserving::take).isInstanceOf(IOException.class);
  }
}
