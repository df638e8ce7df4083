package io.platform.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Stands before a {@link FakePlatform} and plays the process behind each WebSocket (RFC 6455), as
 * {@code docs/run.md} describes it.
 */
final class ProcessSocketServer implements AutoCloseable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern KEY = Pattern.compile("(?i)\r\nSec-WebSocket-Key: *(\\S+)");
  private static final int BINARY = 2;
  private static final int CLOSE = 8;

  /** The head of each request for a WebSocket. */
  final BlockingQueue<String> upgrades = new LinkedBlockingQueue<>();

  /** What is answered instead of an upgrade; empty for none. */
  volatile String refusal = "";

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int platform;
  private final Script script;

  /** What the process does. */
  interface Script {
    void play(Connection connection) throws IOException;
  }

  ProcessSocketServer(FakePlatform platform, Script script) throws IOException {
    this.platform = platform.port();
    this.script = script;
    platform.setPublicPort(server.getLocalPort());
    Thread.ofVirtual().start(this::accept);
  }

  /** The head of the next request for a WebSocket. */
  String upgrade() throws InterruptedException {
    return Optional.ofNullable(upgrades.poll(60, TimeUnit.SECONDS)).orElseThrow();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      var key = KEY.matcher(head);
      if (!key.find()) {
        pass(client, head);
        return;
      }
      upgrades.add(head);
      if (!refusal.isEmpty()) {
        client.getOutputStream().write(refusal.getBytes(UTF_8));
        return;
      }
      client.getOutputStream().write(switched(key.group(1)).getBytes(ISO_8859_1));
      script.play(new Connection(client));
    } catch (IOException | GeneralSecurityException e) {
      // The client has gone, as it does at the end.
    }
  }

  private static String switched(String key) throws GeneralSecurityException {
    var accept = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(ISO_8859_1));
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + Base64.getEncoder().encodeToString(accept)
        + "\r\n\r\n";
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  /** One request to the platform, and its answer. */
  private void pass(Socket client, String head) throws IOException {
    try (var to = new Socket(InetAddress.getLoopbackAddress(), platform)) {
      var single =
          head.replaceFirst("\r\n", "\r\nConnection: close\r\n")
              .replaceFirst("(?i)\r\nConnection: (?!close)[^\r]*", "");
      to.getOutputStream().write(single.getBytes(ISO_8859_1));
      Thread.ofVirtual().start(() -> copy(client, to));
      // The client is told that its connection is not for another request.
      var answer = head(to.getInputStream()).replaceFirst("(?i)\r\nConnection: [^\r]*", "");
      client
          .getOutputStream()
          .write(answer.replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(ISO_8859_1));
      to.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the two has gone.
    }
  }

  /** A WebSocket of which the other end is the command. */
  static final class Connection {
    private final DataInputStream in;
    private final OutputStream out;

    private Connection(Socket socket) throws IOException {
      this.in = new DataInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    /** The next message: a channel, and what is for it. Empty where the client has left. */
    Optional<byte[]> read() throws IOException {
      while (true) {
        int first = in.read();
        if (first < 0) {
          return Optional.empty();
        }
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
          length = in.readUnsignedShort();
        } else if (length == 127) {
          length = Math.toIntExact(in.readLong());
        }
        var mask = in.readNBytes(4);
        var data = in.readNBytes(length);
        for (int i = 0; i < length; i++) {
          data[i] ^= mask[i % 4];
        }
        if ((first & 0xf) == CLOSE) {
          return Optional.empty();
        }
        if ((first & 0xf) == BINARY && length > 0) {
          return Optional.of(data);
        }
      }
    }

    /** The next message of a channel, as text. */
    String read(int channel) throws IOException {
      byte[] message = read().orElseThrow(EOFException::new);
      if ((message[0] & 0xff) != channel) {
        throw new IOException("a message of channel " + message[0]);
      }
      return new String(message, 1, message.length - 1, UTF_8);
    }

    /** All input until its end. */
    byte[] readInput() throws IOException {
      var input = new ByteArrayOutputStream();
      while (true) {
        byte[] message = read().orElseThrow(EOFException::new);
        if (message[0] != 0) {
          return input.toByteArray();
        }
        input.write(message, 1, message.length - 1);
      }
    }

    void send(int channel, String text) throws IOException {
      send(channel, text.getBytes(UTF_8));
    }

    void send(int channel, byte[] data) throws IOException {
      int length = data.length + 1;
      var frame = new ByteArrayOutputStream();
      frame.write(0x80 | BINARY);
      if (length < 126) {
        frame.write(length);
      } else if (length < 1 << 16) {
        frame.write(126);
        frame.write(length >> 8);
        frame.write(length);
      } else {
        throw new IllegalArgumentException("messages have up to 64 KiB");
      }
      frame.write(channel);
      frame.writeBytes(data);
      out.write(frame.toByteArray());
    }
  }
}
