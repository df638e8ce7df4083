package io.platform.process.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.console.TerminalText;
import io.platform.slug.HealthCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a process by HTTP. A GET is HTTP/1.0 over a socket: the answer has no chunks then, and the
 * JDK's clients let nobody choose the header Host, which apps check.
 */
final class HttpProbe {
  /** As much of an answer is read, and as much of its body shown. */
  private static final int MOST_BYTES = 64 * 1024;

  private static final int SHOWN = 200;

  private final String host;

  /**
   * Asks a process.
   *
   * @param host what the header Host says where the check does not
   */
  HttpProbe(String host) {
    this.host = host;
  }

  /** Why the attempt failed, as a clause; empty where it did not. */
  Optional<String> attempt(
      InetSocketAddress address, HealthCheck.Probe.Http http, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    try (Socket socket = new Socket()) {
      socket.connect(address, millis(timeout));
      socket.getOutputStream().write(request(http).getBytes(ISO_8859_1));
      return verdict(http, read(socket, end));
    } catch (SocketTimeoutException e) {
      return Optional.of("there was no whole answer within %d s".formatted(timeout.toSeconds()));
    } catch (IOException e) {
      return Optional.of(notAsked(e));
    }
  }

  private String request(HealthCheck.Probe.Http http) {
    StringBuilder request = new StringBuilder("GET " + http.path() + " HTTP/1.0\r\n");
    if (http.headers().keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
      request.append("Host: ").append(host).append("\r\n");
    }
    request.append("User-Agent: platform-health-check\r\nConnection: close\r\n");
    http.headers()
        .forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    return request.append("\r\n").toString();
  }

  private static byte[] read(Socket socket, long end) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8 * 1024];
    while (answer.size() < MOST_BYTES) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout(millis(Duration.ofNanos(left)));
      int count = in.read(buffer);
      if (count < 0) {
        break;
      }
      answer.write(buffer, 0, count);
    }
    return answer.toByteArray();
  }

  private static Optional<String> verdict(HealthCheck.Probe.Http http, byte[] answer) {
    String text = new String(answer, UTF_8);
    int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0 || !text.matches("(?s)HTTP/1\\.[01] [0-9]{3}[ \\r].*")) {
      return Optional.of("the answer is not HTTP" + shown(text));
    }
    int status = Integer.parseInt(text.substring(9, 12));
    String body = text.substring(headEnd + 4);
    if (status < 200 || status > 399) {
      return Optional.of("the answer has status %d%s".formatted(status, shown(body)));
    }
    return http.content()
        .filter(wanted -> !body.contains(wanted))
        .map(wanted ->
            "the answer does not contain `%s`%s"
                .formatted(TerminalText.inline(wanted), shown(body)));
  }

  static String shown(String body) {
    String start = body.substring(0, Math.min(SHOWN, body.length())).strip();
    return start.isEmpty() ? "" : ": " + TerminalText.inline(start.replaceAll("\\s+", " "));
  }

  static String notAsked(IOException e) {
    return "it could not be asked (%s)"
        .formatted(TerminalText.inline(String.valueOf(e.getMessage())));
  }

  static int millis(Duration time) {
    return Math.toIntExact(Math.max(1, time.toMillis()));
  }
}
