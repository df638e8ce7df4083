package io.platform.commons.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.commons.settings.ListenAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS handshakes that come a byte at a time. */
@Timeout(60)
class TlsHandshakeDeadlineTest {
  private static final int PACE_MILLIS = 50;

  /** Enough for a whole handshake on a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final String PASSWORD = "test password";

  /** The head of a record with a ClientHello of 16,000 bytes (RFC 8446, section 5.1). */
  private static final byte[] RECORD = {22, 3, 1, 0x3e, (byte) 0x84, 1, 0, 0x3e, (byte) 0x80};

  @TempDir private Path directory;
  private SSLContext context;
  private HttpServer server;
  private TlsPort tls;

  @BeforeEach
  void start() throws Exception {
    context = context(directory.resolve("keys.p12"));
    ServerName name = new ServerName("the test", "The test server");
    tls = new TlsPort(port(name), context);
    server =
        HttpServer.start(
            port(name),
            Optional.of(tls),
            new HttpServerConfig(
                name,
                new SlowRequestLimits(LIMIT, Duration.ofMinutes(1), 0, Duration.ofMinutes(1)),
                Duration.ZERO),
            new VirtualThreads(),
            javalin -> javalin.routes.get("/", ctx -> ctx.result("hello")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void endsAHandshakeThatTricklesIn() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tls.port().port())) {
      socket.setSoTimeout(PACE_MILLIS);
      socket.getOutputStream().write(RECORD);
      boolean open = true;
      while (open) {
        open = isOpen(socket) && isSent(socket);
      }
      assertThat(open).isFalse();
    }
  }

  @Test
  void leavesAConnectionAloneWhoseHandshakeHasEnded() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), tls.port().port())) {
      socket.startHandshake();
      socket.setSoTimeout((int) LIMIT.plusSeconds(1).toMillis());
      assertThatThrownBy(socket.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 200")
          .endsWith("hello");
    }
  }

  private static ListeningPort port(ServerName name) throws IOException {
    return ListeningPort.bind(name, new ListenAddress("127.0.0.1"), 0, "PORT");
  }

  private static boolean isSent(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write(0);
      return true;
    } catch (SocketException closed) {
      return false;
    }
  }

  /** Whether the server has not closed it within a moment. */
  private static boolean isOpen(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    try {
      return in.read() >= 0;
    } catch (SocketException reset) {
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /** One that has a certificate of its own, and trusts it. */
  private static SSLContext context(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(file.resolveSibling("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
