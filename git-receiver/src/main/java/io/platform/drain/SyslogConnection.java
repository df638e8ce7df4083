package io.platform.drain;

import io.platform.domain.App;
import io.platform.domain.DrainUrl;
import io.platform.domain.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Sends syslog messages over TCP or TLS. Syslog has no acknowledgements: what the receiver's system
 * took counts as delivered. A connection that the receiver closed is noticed before lines are
 * written to it.
 */
final class SyslogConnection implements DrainConnection {
  private static final int CHUNK = 16 << 10;
  private static final int PROBE_MILLIS = 1;

  private static final int MOST_READS = 16;

  private final DrainUrl url;
  private final CheckedSocketFactory sockets;
  private final TrustedAuthorities authorities;
  private final DrainConfig.Times times;
  private final ScheduledExecutorService deadlines;
  private Optional<Open> open = Optional.empty();

  /**
   * Connects when it is used.
   *
   * @param deadlines ends writes that stall
   */
  SyslogConnection(
      DrainUrl url,
      CheckedSocketFactory sockets,
      TrustedAuthorities authorities,
      DrainConfig.Times times,
      ScheduledExecutorService deadlines) {
    this.url = url;
    this.sockets = sockets;
    this.authorities = authorities;
    this.times = times;
    this.deadlines = deadlines;
  }

  /**
   * A connection.
   *
   * @param tcp what ends it at once
   * @param socket what is written to: the same, or TLS over it
   */
  private record Open(Socket tcp, Socket socket) {
    void close() {
      try {
        tcp.close();
      } catch (IOException e) {
        // It is given up in any case.
      }
    }
  }

  @Override
  public void send(App app, List<LogLine> lines) throws IOException {
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    lines.forEach(line -> SyslogFormat.write(app, line, messages));
    Open connection = connection();
    try {
      write(connection, messages.toByteArray());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void write(Open connection, byte[] bytes) throws IOException {
    OutputStream out = connection.socket().getOutputStream();
    for (int from = 0; from < bytes.length; from += CHUNK) {
      int length = Math.min(CHUNK, bytes.length - from);
      int start = from;
      within(times.stalled(), connection, () -> out.write(bytes, start, length));
    }
    out.flush();
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Sockets have no time limit for writes: the connection is closed under a write that stalls. */
  private void within(Duration limit, Open connection, Step step) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    Future<?> deadline =
        deadlines.schedule(
            () -> {
              late.set(true);
              connection.close();
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      step.run();
    } catch (IOException e) {
      throw late.get() ? new DrainStalled(limit) : e;
    } finally {
      deadline.cancel(false);
    }
  }

  private Open connection() throws IOException {
    if (open.isPresent() && !hasEnded(open.get().socket())) {
      return open.get();
    }
    close();
    Open connection = connection(sockets.connect(url.host(), url.port(), times.connect()));
    open = Optional.of(connection);
    return connection;
  }

  private Open connection(Socket tcp) throws IOException {
    Open connection = new Open(tcp, tcp);
    try {
      tcp.setKeepAlive(true);
      if (url.protocol() != DrainUrl.Protocol.SYSLOG_TLS) {
        return connection;
      }
      SSLSocket tls =
          (SSLSocket) authorities.sockets().createSocket(tcp, url.host(), url.port(), true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      within(times.connect(), connection, tls::startHandshake);
      return new Open(tcp, tls);
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Receivers send nothing: what comes is the end, or of no interest. So much of it is read and no
   * more: the end of what a receiver sends without end would be looked for for ever.
   */
  static boolean hasEnded(Socket socket) {
    byte[] passedOver = new byte[CHUNK];
    try {
      socket.setSoTimeout(PROBE_MILLIS);
      InputStream in = socket.getInputStream();
      for (int read = 0; read < MOST_READS; read++) {
        if (in.read(passedOver) < 0) {
          return true;
        }
      }
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // and the next connection tells why, where it fails as well
    }
  }

  @Override
  public void close() {
    open.ifPresent(Open::close);
    open = Optional.empty();
  }
}
