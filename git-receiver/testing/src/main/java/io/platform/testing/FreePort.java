package io.platform.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Starts servers on a free port that cannot choose one themselves. Another process may take the
 * port first; then the next one is tried.
 */
public final class FreePort {
  private static final int ATTEMPTS = 5;

  private FreePort() {}

  /** Starts a server. */
  @FunctionalInterface
  public interface Start<T> {
    /**
     * Starts it at this port.
     *
     * @throws IOException where it does not start, which may be because the port is taken
     */
    T at(int port) throws IOException, InterruptedException;
  }

  /**
   * Starts a server at a free port.
   *
   * @throws IOException where the last attempt failed
   */
  public static <T> T start(Start<T> start) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return start.at(find());
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** A port that is free now, for what cannot be started at another one. */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
