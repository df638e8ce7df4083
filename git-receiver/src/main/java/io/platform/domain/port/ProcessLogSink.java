package io.platform.domain.port;

import io.platform.domain.LogLine;
import io.platform.domain.LogPosition;
import java.io.IOException;
import java.util.List;

/**
 * Takes the lines of an app's log, for one reader. An exception ends the reading, and changes
 * nothing else.
 */
public interface ProcessLogSink {
  /** The next lines, at least one: as many as there are now, but no more than some hundred. */
  void lines(List<LogLine> lines) throws IOException;

  /**
   * Lines are missing here: they were removed, or the reader was too slow.
   *
   * @param count how many, of all sources and processes; 0 where nobody knows
   * @param next the place after them
   */
  void lost(long count, LogPosition next) throws IOException;

  /**
   * The place that was reached without a line to hand on: where a reading that breaks off before
   * the next line can go on. Told first, and now and then.
   */
  default void reached(LogPosition next) throws IOException {}

  /** Nothing came for five seconds: a chance to notice that the reader is gone. */
  void idle() throws IOException;
}
