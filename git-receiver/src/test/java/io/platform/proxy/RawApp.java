package io.platform.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An app written in bytes: each connection is handed to the script, and what the app saw can be
 * taken from a queue.
 */
final class RawApp implements AutoCloseable {
  /** The app's part in a connection, which closes after it. */
  interface Script {
    void play(Wire wire, BlockingQueue<String> seen) throws Exception;
  }

  private final ServerSocket server;
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  RawApp(Script script) throws IOException {
    server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(script));
  }

  /** Answers each request on each connection with this text, after it has read the head. */
  static RawApp answering(String answer) throws IOException {
    return new RawApp((wire, seen) -> {
      while (true) {
        seen.add(wire.readHead());
        wire.send(answer);
      }
    });
  }

  private void accept(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(script, socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Script script, Socket socket) {
    try (Wire wire = new Wire(socket)) {
      script.play(wire, seen);
    } catch (SocketException gone) {
      seen.add("gone");
    } catch (Exception ended) {
      seen.add("ended");
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** The next thing the app saw. */
  String saw() throws InterruptedException {
    String next = seen.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new IllegalStateException("the app saw nothing for 20 seconds");
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
