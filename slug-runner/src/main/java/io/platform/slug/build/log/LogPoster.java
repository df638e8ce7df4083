package io.platform.slug.build.log;

import io.platform.slug.JsonObject;
import io.platform.slug.SteadyClock;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Sends the log to the platform: one request at a time; lines that arrive meanwhile go into the
 * next. While nobody answers it waits on disk. The platform's offset is the truth.
 */
public final class LogPoster {
  private static final int MOST_AT_ONCE = 256 * 1024;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final PlatformHttp platform;
  private final String path;
  private final LogSpool spool;
  private final Runnable onEnded;
  private final Thread thread;
  private long acknowledged;
  private boolean over;

  /**
   * Sends what is in {@code spool} once started.
   *
   * @param onEnded called when the platform says that the build has ended
   */
  public LogPoster(PlatformHttp platform, String build, LogSpool spool, Runnable onEnded) {
    this.platform = platform;
    this.path = "/api/v1/builds/" + build + "/log?offset=";
    this.spool = spool;
    this.onEnded = onEnded;
    this.thread = Thread.ofPlatform().name("log-poster").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Waits until all that is in the spool has been acknowledged, or never will be. */
  synchronized boolean flush(Instant until) throws InterruptedException {
    while (!over && acknowledged < spool.size()) {
      long left = Duration.between(SteadyClock.now(), until).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return !over;
  }

  private void run() {
    byte[] buffer = new byte[MOST_AT_ONCE];
    try {
      Duration pause = Duration.ofMillis(50);
      long base = 0;
      boolean first = true;
      while (spool.awaitBeyond(acknowledged())) {
        int length = spool.read(acknowledged(), buffer);
        Long offset = post(base + acknowledged(), buffer, length);
        if (offset == null) {
          Thread.sleep(pause);
          pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
          continue;
        }
        if (offset < 0) {
          break;
        }
        if (first && offset > spool.size()) {
          // An earlier builder of the same build was here: this one goes on behind its lines.
          base = offset;
        }
        first = false;
        acknowledge(offset - base);
        pause = Duration.ofMillis(50);
      }
    } catch (InterruptedException | IOException stopped) {
      // Nothing can be sent any more; flush is told below.
    }
    synchronized (this) {
      over = acknowledged < spool.size();
      notifyAll();
    }
  }

  /** The platform's offset after this; null if nobody answered; negative if the build has ended. */
  private @org.jspecify.annotations.Nullable Long post(long offset, byte[] lines, int length)
      throws InterruptedException {
    PlatformHttp.Answer answer;
    try {
      answer = platform.post(path + offset, "text/plain; charset=utf-8", lines, length);
    } catch (IOException e) {
      return null;
    }
    if (answer.ok() || answer.status() == 409) {
      try {
        JsonObject json = answer.json();
        return json.number("offset");
      } catch (IOException malformed) {
        return answer.ok() ? offset + length : null;
      }
    }
    if (answer.passing()) {
      return null;
    }
    onEnded.run();
    return -1L;
  }

  private synchronized long acknowledged() {
    return acknowledged;
  }

  private synchronized void acknowledge(long offset) {
    acknowledged = Math.clamp(offset, 0, spool.size());
    notifyAll();
  }
}
