package io.platform.process.app;

import io.platform.domain.ExitDetail;
import io.platform.domain.TerminalSize;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ProcessSignal;
import io.platform.process.sandbox.AttachedChild;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A process that ends when its user goes: it is told so first, and killed later.
 *
 * @param stop returns at once
 * @param why it was ended
 */
record AttachedOneOff(AttachedChild child, Runnable stop, Supplier<ExitDetail> why)
    implements AttachedProcess {
  @Override
  public OutputStream input() {
    return child.input();
  }

  @Override
  public InputStream output() {
    return child.output();
  }

  @Override
  public InputStream errors() {
    return child.errors();
  }

  @Override
  public CompletableFuture<Integer> ended() {
    return child.ended();
  }

  @Override
  public ExitDetail detail() {
    return why.get();
  }

  @Override
  public void resize(TerminalSize size) {
    child.resize(size);
  }

  @Override
  public void signal(ProcessSignal signal) {
    child.signal(signal);
  }

  @Override
  public void close() {
    stop.run();
  }
}
