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

  private static final FollowRetries.Limits LIMITS =
      new FollowRetries.Limits(
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofHours(1));

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

  private Optional<String> position = Optional.empty();
  private boolean begun;

  public AppLogReader(PlatformApi api, AppName app, LogFilter filter, Listener listener) {
    this.api = api;
    this.app = app;
    this.filter = filter;
    this.listener = listener;
  }

  /** What there is of the log now. */
  public void copy() throws ClientException, IOException {
    try (var log = api.logs(app, filter, Optional.empty())) {
      read(log);
    } catch (FollowRetries.ConnectionCut cut) {
      throw cut.inTheMiddle();
    }
  }

  /** The log as it grows; ends when the app is gone, or the server cannot be reached for long. */
  public void follow() throws ClientException, IOException {
    var retries = new FollowRetries(LIMITS, listener::connectionLost);
    while (true) {
      var before = position;
      try (var log = api.logs(app, filter, position);
          var limit = new SilenceLimit(log, LIMITS.silence())) {
        begun = true;
        read(limit);
        advance(before, retries);
        retries.lost("the connection broke");
      } catch (FollowRetries.ConnectionCut cut) {
        advance(before, retries);
        retries.lost("the connection broke");
      } catch (ClientException failed) {
        if (!begun) {
          throw failed;
        }
        retries.failed(failed);
      }
      retries.pause();
    }
  }

  private void advance(Optional<String> before, FollowRetries retries) {
    if (!before.equals(position)) {
      retries.progressed();
    }
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

  private static Optional<String> next(BufferedReader lines) throws FollowRetries.ConnectionCut {
    try {
      return Optional.ofNullable(lines.readLine());
    } catch (IOException cut) {
      throw new FollowRetries.ConnectionCut(cut);
    }
  }
}
