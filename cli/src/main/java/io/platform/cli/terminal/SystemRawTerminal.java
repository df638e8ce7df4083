package io.platform.cli.terminal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/**
 * The terminal of this process, by JLine. It runs {@code stty}: its other ways need native code
 * that is unpacked at the start, or access that the JVM warns of.
 */
final class SystemRawTerminal implements RawTerminal {
  private final org.jline.terminal.Terminal terminal;
  private final Attributes before;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread hook = Thread.ofPlatform().unstarted(this::restore);

  private SystemRawTerminal(org.jline.terminal.Terminal terminal) {
    this.terminal = terminal;
    this.before = terminal.enterRawMode();
  }

  /** Takes it over, also until the process is told to end. */
  static RawTerminal open() throws IOException {
    var terminal =
        new SystemRawTerminal(
            TerminalBuilder.builder()
                .system(true)
                .dumb(false)
                .ffm(false)
                .jni(false)
                .exec(true)
                .graphemeCluster(false) // else it asks the terminal, and takes keys for the answer
                .nativeSignals(true)
                .signalHandler(org.jline.terminal.Terminal.SignalHandler.SIG_DFL)
                .build());
    Runtime.getRuntime().addShutdownHook(terminal.hook);
    var attributes = terminal.terminal.getAttributes();
    attributes.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    attributes.setInputFlag(Attributes.InputFlag.IXON, false);
    attributes.setOutputFlag(Attributes.OutputFlag.OPOST, false);
    terminal.terminal.setAttributes(attributes);
    return terminal;
  }

  @Override
  public int columns() {
    return terminal.getSize().getColumns();
  }

  @Override
  public int rows() {
    return terminal.getSize().getRows();
  }

  @Override
  public void onResize(Runnable action) {
    terminal.handle(Signal.WINCH, signal -> action.run());
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // the hook runs, and finds nothing to do
    }
  }

  private void restore() {
    if (closed.compareAndSet(false, true)) {
      terminal.setAttributes(before);
    }
  }
}
