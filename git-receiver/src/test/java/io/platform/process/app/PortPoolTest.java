package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.process.sandbox.ProcessSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPoolTest {
  private static final ProcessSettings.Ports RANGE = new ProcessSettings.Ports(18_771, 18_773);
  private final PortPool ports = new PortPool(RANGE);

  @Test
  void givesEachPortOnceUntilItIsGivenBack() throws IOException {
    List<Integer> taken = List.of(ports.take(), ports.take(), ports.take());
    assertThat(taken).containsExactlyInAnyOrder(18_771, 18_772, 18_773);
    assertThatThrownBy(ports::take)
        .isInstanceOf(NoFreePortException.class)
        .hasMessage("no port from 18771 to 18773 is free");
    ports.release(18_772);
    assertThat(ports.take()).isEqualTo(18_772);
  }

  @Test
  void passesOverPortsOnWhichSomebodyElseListens() throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 18_772));
      assertThat(List.of(ports.take(), ports.take())).containsExactlyInAnyOrder(18_771, 18_773);
      assertThatThrownBy(ports::take).isInstanceOf(IOException.class);
    }
  }

  @Test
  void givesNobodyAReservedPortAlsoWhenNobodyListensThere() throws IOException {
    PortPool reserving = new PortPool(new ProcessSettings.Ports(18_771, 18_773, Set.of(18_772)));
    assertThat(List.of(reserving.take(), reserving.take()))
        .containsExactlyInAnyOrder(18_771, 18_773);
    assertThatThrownBy(reserving::take).isInstanceOf(IOException.class);
  }
}
