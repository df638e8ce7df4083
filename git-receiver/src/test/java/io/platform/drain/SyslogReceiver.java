package io.platform.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** A syslog server: it reads messages by their octet counts (RFC 6587). */
public final class SyslogReceiver implements AutoCloseable {
  private static final int SMALL = 4096;

  /** What came, without the counts. */
  public final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

  private final ServerSocket server;
  private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
  private final Semaphore reading;
  private final boolean talks;

  private SyslogReceiver(ServerSocket server, boolean reads, boolean talks) {
    this.server = server;
    this.reading = new Semaphore(reads ? Integer.MAX_VALUE : 0);
    this.talks = talks;
    Thread.ofVirtual().start(this::accept);
  }

  /** One that reads. */
  public static SyslogReceiver start(int port, Optional<SSLContext> tls) throws IOException {
    return new SyslogReceiver(listen(port, tls), true, false);
  }

  /** One that accepts connections, and reads nothing until it is told to. */
  static SyslogReceiver stalled() throws IOException {
    return new SyslogReceiver(listen(0, Optional.empty()), false, false);
  }

  /** One that reads, and sends without end, which no syslog server does. */
  static SyslogReceiver talking() throws IOException {
    return new SyslogReceiver(listen(0, Optional.empty()), true, true);
  }

  private static ServerSocket listen(int port, Optional<SSLContext> tls) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    if (tls.isPresent()) {
      return tls.get().getServerSocketFactory().createServerSocket(port, 50, loopback);
    }
    ServerSocket plain = new ServerSocket();
    plain.setReuseAddress(true);
    plain.setReceiveBufferSize(SMALL);
    plain.bind(new InetSocketAddress(loopback, port));
    return plain;
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** Reads from now on. */
  void read() {
    reading.release(Integer.MAX_VALUE / 2);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> read(connection));
        if (talks) {
          Thread.ofPlatform().daemon().start(() -> talk(connection));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void talk(Socket connection) {
    byte[] much = new byte[64 << 10];
    try {
      while (true) {
        connection.getOutputStream().write(much);
      }
    } catch (IOException e) {
      // The connection is over.
    }
  }

  private void read(Socket connection) {
    try (InputStream in = new BufferedInputStream(connection.getInputStream())) {
      while (true) {
        reading.acquire();
        int length = 0;
        for (int digit = in.read(); digit != ' '; digit = in.read()) {
          if (digit < '0' || digit > '9') {
            return;
          }
          length = length * 10 + (digit - '0');
        }
        messages.add(new String(in.readNBytes(length), UTF_8));
      }
    } catch (IOException | InterruptedException e) {
      // The connection is over.
    }
  }

  /**
   * Ends the connections; new ones are accepted. Returns when the other side's system has heard of
   * it: what is sent before that is lost, and nobody could know it.
   */
  void disconnect() throws IOException {
    for (Socket connection = connections.poll();
        connection != null;
        connection = connections.poll()) {
      String ends = port(connection.getPort()) + " " + port(connection.getLocalPort());
      connection.close();
      await().atMost(Duration.ofSeconds(60)).until(() -> !established().contains(ends));
    }
  }

  /** As /proc/net/tcp has it. */
  private static String port(int number) {
    return "%04X".formatted(number);
  }

  /** The two ports of each connection that neither side has ended, as far as its own side knows. */
  private static Set<String> established() throws IOException {
    Set<String> ports = new HashSet<>();
    List<Path> tables =
        Stream.of("tcp", "tcp6").map(it -> Path.of("/proc/net", it)).filter(Files::exists).toList();
    for (Path table : tables) {
      for (String line : Files.readAllLines(table)) {
        String[] fields = line.strip().split("\\s+", 5);
        if (fields[3].equals("01")) {
          ports.add(portOf(fields[1]) + " " + portOf(fields[2]));
        }
      }
    }
    return ports;
  }

  private static String portOf(String address) {
    return address.substring(address.indexOf(':') + 1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    disconnect();
  }
}
