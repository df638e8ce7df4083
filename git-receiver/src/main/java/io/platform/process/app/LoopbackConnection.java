package io.platform.process.app;

import io.platform.domain.port.PortStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to a port of a process; it ends when the process sends no more. */
final class LoopbackConnection implements PortStream {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackConnection.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Socket socket;
  private final OutputStream input;
  private final InputStream output;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  private LoopbackConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new HalfClosing(socket);
    this.output = new Ending(socket.getInputStream());
  }

  static LoopbackConnection open(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
      return new LoopbackConnection(socket);
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public CompletableFuture<Integer> ended() {
    return ended;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing a connection", e);
    }
    ended.complete(0);
  }

  /** The other direction stays open. */
  private static final class HalfClosing extends FilterOutputStream {
    private final Socket socket;

    HalfClosing(Socket socket) throws IOException {
      super(socket.getOutputStream());
      this.socket = socket;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      socket.shutdownOutput();
    }
  }

  private final class Ending extends FilterInputStream {
    Ending(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int count = in.read(bytes, offset, length);
        if (count < 0) {
          ended.complete(0);
        }
        return count;
      } catch (IOException reset) {
        ended.complete(0);
        throw reset;
      }
    }
  }
}
