package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads an app's log. A connection that breaks, or that is silent for long (it may be dead without
 * either side knowing), is made anew after the last line that came: none is shown twice, none is
 * missing.
 */
public final class AppLogReader {
  private static final String POSITION = "position";

  /** The pauses before a lost connection is tried again, and when it is given up. */
  public record Patience(
      Duration silence, Duration firstPause, Duration longestPause, Duration total) {
    public static final Patience USUAL =
        new Patience(
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofHours(1));
  }

  /** Takes what comes. */
  public interface Listener {
    /** A line, or how many are missing here. */
    void entry(JsonNode entry) throws IOException;

    void connectionLost(String why);
  }

  private final PlatformApi api;
  private final AppName app;
  private final LogFilter filter;
  private final Listener listener;
  private final Patience patience;

  private Optional<String> position = Optional.empty();
  private boolean begun;

  public AppLogReader(
      PlatformApi api, AppName app, LogFilter filter, Listener listener, Patience patience) {
    this.api = api;
    this.app = app;
    this.filter = filter;
    this.listener = listener;
    this.patience = patience;
  }

  /** What there is of the log now. */
  public void copy() throws ClientException, IOException {
    try (var log = api.logs(app, filter, Optional.empty())) {
      read(log);
    } catch (ConnectionCut cut) {
      throw new ClientException.Unreachable(
          "The connection broke in the middle of the log. Try again.");
    }
  }

  /** The log as it grows; ends when the app is gone, or the server cannot be reached for long. */
  public void follow() throws ClientException, IOException {
    long lostAt = 0;
    var pause = patience.firstPause();
    while (true) {
      var before = position;
      String why = "the connection broke";
      try (var log = api.logs(app, filter, position);
          var limit = new SilenceLimit(log, patience.silence())) {
        begun = true;
        read(limit);
      } catch (ConnectionCut cut) {
        why = "the connection broke";
      } catch (ClientException failed) {
        long now = System.nanoTime();
        if (!begun
            || !isPassing(failed)
            || (lostAt != 0 && now - lostAt > patience.total().toNanos())) {
          throw failed;
        }
        why = failed.getMessage();
      }
      if (!before.equals(position)) {
        lostAt = 0;
        pause = patience.firstPause();
      }
      if (lostAt == 0) {
        lostAt = System.nanoTime();
        listener.connectionLost(why);
      }
      sleep(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(patience.longestPause()) > 0 ? patience.longestPause() : pause;
    }
  }

  private static boolean isPassing(ClientException failed) {
    return switch (failed) {
      case ClientException.Unreachable _, ClientException.ProxyFailed _ -> true;
      case ClientException.Refused refused -> refused.status() >= 500 || refused.status() == 429;
      default -> false;
    };
  }

  private void read(InputStream log) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8));
    while (true) {
      var line = next(lines);
      if (line.isEmpty()) {
        return;
      }
      // An empty line keeps the connection alive; a part of one is where it broke.
      var entry = JsonTree.parse(line.get());
      if (entry.has("text") || entry.has("lost")) {
        listener.entry(entry);
      }
      position = JsonTree.text(entry, POSITION).or(() -> position);
    }
  }

  private static Optional<String> next(BufferedReader lines) throws ConnectionCut {
    try {
      return Optional.ofNullable(lines.readLine());
    } catch (IOException cut) {
      throw new ConnectionCut(cut);
    }
  }

  private static void sleep(Duration pause) throws ClientException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ClientException.Unreachable("Interrupted while following the log.");
    }
  }

  /** Reading failed; writing has other reasons to. */
  private static final class ConnectionCut extends IOException {
    ConnectionCut(IOException cause) {
      super(cause);
    }
  }
}
