package io.platform.drain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/**
 * A socket that connects to allowed addresses only. The address that is checked is the one that is
 * connected to, so that a name cannot change its address in between.
 */
final class CheckedSocket extends Socket {
  private final DrainAddresses allowed;

  CheckedSocket(DrainAddresses allowed) {
    this.allowed = allowed;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (!(endpoint instanceof InetSocketAddress address) || address.isUnresolved()) {
      throw new UnknownHostException(String.valueOf(endpoint));
    }
    allowed.check(address.getAddress());
    super.connect(endpoint, timeout);
  }
}
