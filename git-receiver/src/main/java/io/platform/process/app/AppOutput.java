package io.platform.process.app;

import io.platform.commons.console.TerminalText;
import io.platform.domain.ProcessName;
import io.platform.process.log.AppLog;
import io.platform.process.sandbox.LineTail;
import io.platform.process.sandbox.OutputSink;

/**
 * Writes the output of an app's process into the app's log as it is, and keeps its last lines as
 * people may read them.
 */
record AppOutput(ProcessName process, LineTail tail, AppLog log) implements OutputSink {
  @Override
  public boolean raw() {
    return true;
  }

  @Override
  public void line(String line) {
    tail.add(TerminalText.line(line));
    log.add(process, line);
  }
}
