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
  private static final FollowRetries.Limits LIMITS =
      new FollowRetries.Limits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5));

  /** Hears of the build beside its log. */
  public interface Listener {
    void connectionLost(String why);
  }

  private final PlatformApi api;
  private final AppName app;
  private final OutputStream out;
  private final Listener listener;

  private long offset;
  private boolean begun;

  public BuildLogReader(PlatformApi api, AppName app, OutputStream out, Listener listener) {
    this.api = api;
    this.app = app;
    this.out = out;
    this.listener = listener;
  }

  /** What there is of the log now. */
  public void copy(String id) throws ClientException, IOException {
    try (var log = api.log(app, id, 0, false)) {
      drain(log);
    } catch (FollowRetries.ConnectionCut cut) {
      throw cut.inTheMiddle();
    }
  }

  /** The whole log, up to its end. Returns the build as it ended. */
  public BuildResponse follow(String id) throws ClientException, IOException {
    var retries = new FollowRetries(LIMITS, listener::connectionLost);
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
          retries.progressed();
        }
      } catch (ClientException failed) {
        if (!begun) {
          throw failed;
        }
        retries.failed(failed);
      }
      retries.pause();
    }
  }

  /** Copies one connection's worth; true if it came to its end. */
  private boolean stream(String id) throws ClientException, IOException {
    try (var log = api.log(app, id, offset, true);
        var limit = new SilenceLimit(log, LIMITS.silence())) {
      begun = true;
      drain(limit);
      return true;
    } catch (FollowRetries.ConnectionCut cut) {
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

  private static int read(InputStream log, byte[] buffer) throws FollowRetries.ConnectionCut {
    try {
      return log.read(buffer);
    } catch (IOException cut) {
      throw new FollowRetries.ConnectionCut(cut);
    }
  }
}
