package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.drain.HttpsReceiver;
import io.platform.drain.ServerKeys;
import io.platform.drain.SyslogReceiver;
import io.platform.testing.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Log drains of an app that counts lines, over a restart of the server. */
@Timeout(300)
class DrainsIT {
  private static final String DRAINS = "/apps/admin/counter/drains";
  private static final Duration TIME_LIMIT = Duration.ofMinutes(2);
  private static final int LINES = 50;

  /** What a process exits with that SIGTERM ended in order: 128 and its number. */
  private static final int SIGTERM_STATUS = 143;

  private static final Pattern NUMBER =
      Pattern.compile("(?: counter web\\.1 app - |\"process\":\"web\\.1\",\"text\":\")line (\\d+)");

  /** Nothing else writes: lines of two processes can end up in one. */
  private static final String COUNT =
      "(n=0; while sleep 0.02; do n=$((n + 1)); echo \"line $n\"; done) &\nexec python3 -m http.server $PORT >/dev/null 2>&1\n";

  @TempDir Path directory;

  @Test
  void deliverEachLineOnceOverARestartOfTheServerAndToAReceiverThatWasAway() throws Exception {
    ServerKeys keys = ServerKeys.make(directory, "localhost");
    Path data = directory.resolve("data");
    Map<String, String> settings =
        Map.of(
            "PLATFORM_DRAIN_PRIVATE_ADDRESSES",
            "true",
            "PLATFORM_DRAIN_CA_FILE",
            keys.certificate().toString());
    int away = FreePort.find();
    try (SyslogReceiver plain = SyslogReceiver.start(0, Optional.empty());
        SyslogReceiver tls = SyslogReceiver.start(0, Optional.of(keys.tls()));
        HttpsReceiver https = new HttpsReceiver(keys.tls())) {
      List<Numbers> receivers =
          List.of(
              new Numbers("syslog", plain.messages),
              new Numbers("syslog+tls", tls.messages),
              new Numbers("https", https.lines));
      try (Server server = Server.launch(data, settings)) {
        String token = server.login();
        server.api(token, "POST", "/apps", "{\"name\":\"counter\"}");
        add(server, token, "syslog://127.0.0.1:" + plain.port());
        add(server, token, "syslog+tls://localhost:" + tls.port());
        add(server, token, "https://localhost:" + https.port() + "/in");
        add(server, token, "syslog://127.0.0.1:" + away);
        deploy(server, token);
        for (Numbers numbers : receivers) {
          numbers.expect(1, LINES);
        }
        await().atMost(TIME_LIMIT).until(() -> drain(server, token, 3).hasNonNull("problem"));
        assertThat(server.stop()).isEqualTo(SIGTERM_STATUS);
      }
      try (Server server = Server.launch(data, settings);
          SyslogReceiver back = SyslogReceiver.start(away, Optional.empty())) {
        int last = receivers.getFirst().expectSecondRun();
        for (Numbers numbers : receivers.subList(1, receivers.size())) {
          assertThat(numbers.expectSecondRun()).as(numbers.receiver).isEqualTo(last);
        }
        Numbers late = new Numbers("the one that was away", back.messages);
        late.expect(1, last);
        late.expect(1, LINES);
        String token = server.login();
        for (int i = 0; i < 4; i++) {
          JsonNode drain = drain(server, token, i);
          assertThat(drain.path("dropped").asLong(-1)).as(drain.toString()).isZero();
        }
      }
    }
  }

  private static void add(Server server, String token, String url) {
    // A loaded server may not check the token in time, and says so.
    await()
        .atMost(TIME_LIMIT)
        .until(() ->
            server.api(token, "POST", DRAINS, "{\"url\":\"%s\"}".formatted(url)).status() == 201);
  }

  private static JsonNode drain(Server server, String token, int index) throws Exception {
    return server.api(token, "GET", DRAINS, "").json().path(index);
  }

  private void deploy(Server server, String token) throws Exception {
    GitApp app = GitApp.in(directory.resolve("counter"));
    app.write("Procfile", "web: bash run.sh\n");
    app.write("run.sh", COUNT);
    app.commit("counter");
    assertThat(app.push(server.base(), token, "admin/counter").output()).contains("Released v1");
  }

  /** The numbers of the lines that a receiver gets. */
  private static final class Numbers {
    private final String receiver;
    private final BlockingQueue<String> lines;
    private int last;

    private Numbers(String receiver, BlockingQueue<String> lines) {
      this.receiver = receiver;
      this.lines = lines;
    }

    private int next() throws InterruptedException {
      while (true) {
        String line =
            Optional.ofNullable(lines.poll(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .orElseThrow(
                    () -> new AssertionError(receiver + " got nothing after line " + last));
        Matcher number = NUMBER.matcher(line);
        if (number.find()) {
          return Integer.parseInt(number.group(1));
        }
      }
    }

    /** The next lines are these, in order. */
    private void expect(int from, int to) throws InterruptedException {
      for (int number = from; number <= to; number++) {
        assertThat(next()).as(receiver).isEqualTo(number);
        last = number;
      }
    }

    /**
     * The rest of the first run, and the beginning of the second.
     *
     * @return the last line of the first run
     */
    private int expectSecondRun() throws InterruptedException {
      int number = next();
      while (number != 1) {
        assertThat(number).as(receiver).isEqualTo(last + 1);
        last = number;
        number = next();
      }
      int end = last;
      expect(2, LINES);
      return end;
    }
  }
}
