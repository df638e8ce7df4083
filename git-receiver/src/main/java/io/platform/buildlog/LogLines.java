package io.platform.buildlog;

import io.platform.commons.console.LineFormat;
import java.util.List;

/** Takes the lines of one event, for a build's log or directly for a client. */
@FunctionalInterface
public interface LogLines {
  /**
   * Writes lines.
   *
   * @param key names the event, so that a build's log has it once
   * @param lines with their marks, see {@link LineFormat}, without line feeds
   */
  void write(String key, List<String> lines);
}
