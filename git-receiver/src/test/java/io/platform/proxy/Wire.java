package io.platform.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection with its bytes in the open. A read that takes 20 seconds fails the test instead of
 * hanging it.
 */
final class Wire implements Closeable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  Socket socket() {
    return socket;
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  Wire send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return this;
  }

  /** Everything up to and with the text; fails when the connection ends before. */
  String readUntil(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended after: " + read.toString(StandardCharsets.ISO_8859_1));
      }
      read.write(next);
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  /** Status line and headers, with the empty line. */
  String readHead() throws IOException {
    return readUntil("\r\n\r\n");
  }

  String readText(int bytes) throws IOException {
    return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
