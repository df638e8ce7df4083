package io.platform.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A loopback port that refuses connections: it is bound, but nothing listens. */
public final class SilentPort implements AutoCloseable {
  private final Socket socket = new Socket();

  /** Takes a free one. */
  public SilentPort() throws IOException {
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Its number. */
  public int number() {
    return socket.getLocalPort();
  }

  /** Listens on it from now on. Nobody else can take the port in between. */
  public ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(socket.getLocalSocketAddress());
    return server;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
