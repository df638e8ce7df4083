package io.platform.cli.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy for http and https that may ask for a login; one request a connection. */
public final class TestProxy implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final String login;
  private volatile boolean forbidding;

  /**
   * A proxy that listens.
   *
   * @param login user and password, with a colon between; empty where it asks for none
   */
  public TestProxy(String login) throws IOException {
    this.login = login;
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** Method and target of what was let through. */
  public List<String> requests() {
    return requests;
  }

  /** From now on it answers 403 to everything. */
  void forbid() {
    forbidding = true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var head = head(client.getInputStream());
      var first = head.getFirst().split(" ", 3);
      if (forbidding) {
        answer(client, "403 Forbidden");
      } else if (!mayPass(head)) {
        answer(client, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=x");
      } else {
        requests.add(first[0] + " " + first[1]);
        pass(client, first, head);
      }
    } catch (IOException e) {
      // One of the two has gone, as they do at the end.
    }
  }

  private boolean mayPass(List<String> head) {
    var wanted =
        "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
    return login.isEmpty() || head.contains(wanted);
  }

  private static void pass(Socket client, String[] first, List<String> head) throws IOException {
    boolean tunnel = first[0].equals("CONNECT");
    var target = URI.create(tunnel ? "https://" + first[1] : first[1]);
    try (var server = new Socket(target.getHost(), target.getPort())) {
      if (tunnel) {
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
      } else {
        var lines = new ArrayList<String>();
        lines.add(
            first[0]
                + " "
                + target.getRawPath()
                + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery())
                + " HTTP/1.1");
        head.stream()
            .skip(1)
            .filter(it -> !it.startsWith("Proxy-") && !it.startsWith("Connection:"))
            .forEach(lines::add);
        lines.add("Connection: close");
        write(server.getOutputStream(), lines);
      }
      Thread.ofVirtual().start(() -> copy(client, server));
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The other direction has ended.
    }
  }

  private static void answer(Socket client, String status, String... headers) throws IOException {
    var lines = new ArrayList<>(List.of("HTTP/1.1 " + status));
    lines.addAll(List.of(headers));
    lines.addAll(List.of("Content-Length: 0", "Connection: close"));
    write(client.getOutputStream(), lines);
  }

  private static void write(OutputStream out, List<String> lines) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
    out.flush();
  }

  /** The lines up to the empty one; not a byte more is read. */
  private static List<String> head(InputStream in) throws IOException {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c != '\n') {
        line.append((char) c);
      } else if (line.toString().equals("\r")) {
        return lines;
      } else {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
    }
    throw new IOException("the client has gone");
  }
}
