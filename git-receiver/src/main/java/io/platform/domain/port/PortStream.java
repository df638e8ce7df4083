package io.platform.domain.port;

import io.platform.domain.TerminalSize;
import java.io.InputStream;

/**
 * A connection to a port of a process: its two directions are input and output. It has no standard
 * error and no terminal, and takes no signals.
 */
public interface PortStream extends AttachedProcess {
  @Override
  default InputStream errors() {
    return InputStream.nullInputStream();
  }

  @Override
  default void resize(TerminalSize size) {
    // There is no terminal.
  }

  @Override
  default void signal(ProcessSignal signal) {
    // A port takes none.
  }
}
