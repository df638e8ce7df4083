package io.platform.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Copies a build's log, byte for byte, to its end. A connection that breaks, or that is silent for
 * long (it may be dead without either side knowing), is made anew at the byte where it ended:
 * nothing is shown twice, nothing is missing.
 */
public final class BuildLogReader {

  /** The pauses before a lost connection is tried again, and when it is given up. */
  public record Patience(Duration silence, Duration pause, Duration total) {
    public static final Patience USUAL =
        new Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(5));
  }

  /** Hears of the build beside its log. */
  public interface Listener {
    void connectionLost(String why);
  }

  private final PlatformApi api;
  private final AppName app;
  private final OutputStream out;
  private final Listener listener;
  private final Patience patience;

  private long offset;
  private boolean begun;

  public BuildLogReader(
      PlatformApi api, AppName app, OutputStream out, Listener listener, Patience patience) {
    this.api = api;
    this.app = app;
    this.out = out;
    this.listener = listener;
    this.patience = patience;
  }

  /** What there is of the log now. */
  public void copy(String id) throws ClientException, IOException {
    try (var log = api.log(app, id, 0, false)) {
      drain(log);
    } catch (ConnectionCut cut) {
      throw new ClientException.Unreachable(
          "The connection broke in the middle of the log. Try again.");
    }
  }

  /** The whole log, up to its end. Returns the build as it ended. */
  public BuildResponse follow(String id) throws ClientException, IOException {
    long lostAt = 0;
    while (true) {
      try {
        long before = offset;
        if (stream(id)) {
          var build = api.build(app, id);
          if (build.settled()) {
            return build;
          }
        }
        if (offset > before) {
          lostAt = 0;
        }
      } catch (ClientException failed) {
        long now = System.nanoTime();
        if (!begun
            || !isPassing(failed)
            || (lostAt != 0 && now - lostAt > patience.total().toNanos())) {
          throw failed;
        }
        if (lostAt == 0) {
          listener.connectionLost(failed.getMessage());
          lostAt = now;
        }
      }
      pause();
    }
  }

  private static boolean isPassing(ClientException failed) {
    return switch (failed) {
      case ClientException.Unreachable _, ClientException.ProxyFailed _ -> true;
      case ClientException.Refused refused -> refused.status() >= 500;
      default -> false;
    };
  }

  /** Copies one connection's worth; true if it came to its end. */
  private boolean stream(String id) throws ClientException, IOException {
    try (var log = api.log(app, id, offset, true);
        var limit = new SilenceLimit(log, patience.silence())) {
      begun = true;
      drain(limit);
      return true;
    } catch (ConnectionCut cut) {
      return false;
    }
  }

  private void drain(InputStream log) throws IOException {
    var buffer = new byte[8192];
    while (true) {
      int count = read(log, buffer);
      if (count < 0) {
        return;
      }
      out.write(buffer, 0, count);
      out.flush();
      offset += count;
    }
  }

  private static int read(InputStream log, byte[] buffer) throws ConnectionCut {
    try {
      return log.read(buffer);
    } catch (IOException cut) {
      throw new ConnectionCut(cut);
    }
  }

  private void pause() throws ClientException {
    try {
      Thread.sleep(patience.pause());
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
