package io.platform.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Clients that send a part of their request, and then nothing for as long as they may. */
class SilentClientIT {
  private static final String STOPPED =
      "The request stopped halfway and was ended. Check the connection, then try again.";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @TempDir Path temp;
  private TestReceiver receiver;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver = TestReceiver.start(temp);
    git = Git.repository(temp, "work").remote(receiver.url(receiver.app("shop")));
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void stop() {
    root.detachAppender(logged);
    receiver.close();
  }

  @Test
  void areToldSoAndAreNoErrorsOfTheServer() throws Exception {
    git.push("main").succeeded();
    receiver.setPatience(Duration.ofSeconds(7));
    try (Socket list = begin("git-receive-pack", "00d20");
        Socket fetch = begin("git-upload-pack", "0012command=fetch\n00");
        Socket longFetch = begin("git-upload-pack", "0012command=fetch\n0001" + haves(2_000))) {
      assertThat(answer(list)).contains(STOPPED);
      assertThat(answer(fetch)).startsWith("HTTP/1.1 408").contains(STOPPED);
      assertThat(answer(longFetch)).contains(STOPPED);
    }
    assertThat(logged.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
  }

  /** More than what is read before the request gets a thread of its own. */
  private static String haves(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("0032have %040x\n".formatted(0x9E3779B9L * (i + 1)));
    }
    return lines.toString();
  }

  private Socket begin(String service, String beginning) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port());
    String credentials =
        Base64.getEncoder().encodeToString(("git:" + TestReceiver.TOKEN).getBytes(UTF_8));
    String head =
        """
        POST /acme/shop.git/%1$s HTTP/1.1\r
        Host: localhost\r
        Authorization: Basic %2$s\r
        Git-Protocol: version=2\r
        Content-Type: application/x-%1$s-request\r
        Content-Length: 1000000\r
        \r
        """
            .formatted(service, credentials);
    socket.getOutputStream().write((head + beginning).getBytes(US_ASCII));
    return socket;
  }

  /** Up to the sentence, or to the end. */
  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    for (int b = in.read(); b >= 0 && text.indexOf(STOPPED) < 0; b = in.read()) {
      text.append((char) b);
    }
    return text.toString();
  }
}
