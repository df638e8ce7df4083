package io.platform.domain.port;

import java.io.IOException;

/**
 * Receives the bytes of a log that is followed. An exception ends the following, and changes
 * nothing else.
 */
public interface LogSink {
  /**
   * The next piece.
   *
   * @param text whole lines in UTF-8
   * @param next the log's offset after it
   */
  void text(byte[] text, long next) throws IOException;

  /**
   * Nothing came for five seconds: a chance to keep the connection alive, or to notice that it is
   * gone.
   */
  void idle() throws IOException;
}
