package io.platform.drain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;

/** Makes sockets that connect to allowed addresses only. */
final class CheckedSocketFactory extends SocketFactory {
  private final DrainAddresses allowed;

  CheckedSocketFactory(DrainAddresses allowed) {
    this.allowed = allowed;
  }

  /**
   * Connects to the first address of the host that answers.
   *
   * @param limit for each address; zero for as long as the system waits
   */
  Socket connect(String host, int port, Duration limit) throws IOException {
    IOException failed = new IOException("%s has no address".formatted(host));
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket socket = createSocket();
      try {
        socket.connect(new InetSocketAddress(address, port), Math.toIntExact(limit.toMillis()));
        return socket;
      } catch (IOException e) {
        socket.close();
        failed = e;
      }
    }
    throw failed;
  }

  @Override
  public Socket createSocket() {
    return new CheckedSocket(allowed);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connect(host, port, Duration.ZERO);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(InetAddress.getAllByName(host)[0], port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(localAddress, localPort));
    socket.connect(new InetSocketAddress(address, port));
    return socket;
  }
}
