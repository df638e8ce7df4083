package io.platform.slug.build.log;

import io.platform.commons.console.LineFormat;
import io.platform.commons.console.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The build's log as users read it, in Heroku's manners: to the platform, and to the process's own
 * output.
 */
public final class BuilderLog {
  private final OutputStream output;
  private final LogSpool spool;
  private final LogPoster poster;

  public BuilderLog(OutputStream output, LogSpool spool, LogPoster poster) {
    this.output = output;
    this.spool = spool;
    this.poster = poster;
  }

  public void heading(String text) {
    line(LineFormat.heading(text));
  }

  public void body(String text) {
    line(LineFormat.body(text));
  }

  /** What the pusher should see to, though the build goes on. */
  public void warning(String sentence) {
    body("Warning: " + sentence);
  }

  /**
   * Why the build failed, for this process's own output alone: the report carries it, and the
   * platform writes it into its log from there.
   */
  public synchronized void failure(String sentence) {
    sentence.lines().forEach(line -> show(bytes(LineFormat.error(TerminalText.line(line)))));
  }

  /** A line that brings its own indentation. */
  public synchronized void line(String text) {
    byte[] bytes = bytes(TerminalText.line(text));
    spool.append(bytes);
    show(bytes);
  }

  private static byte[] bytes(String text) {
    return (text.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void show(byte[] bytes) {
    try {
      output.write(bytes);
      output.flush();
    } catch (IOException nobodyReads) {
      // The container's own log is a courtesy; the platform's is the one that counts.
    }
  }

  /** Waits until the platform has all lines; false if it has not by then, or never will. */
  public boolean flush(Instant until) throws InterruptedException {
    return poster.flush(until);
  }
}
