package io.platform.domain.port;

import io.platform.domain.ExitDetail;
import io.platform.domain.TerminalSize;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * A process with the streams that its user reads and writes. Each stream blocks, and is for one
 * thread of its own: who does not read its output makes the process wait.
 */
public interface AttachedProcess extends AutoCloseable {
  /** Standard input; closing it tells the process that there is no more. */
  OutputStream input();

  /** Standard output, and standard error too where there is a terminal. */
  InputStream output();

  /** Standard error; at its end at once where there is a terminal. */
  InputStream errors();

  /**
   * Completes with the exit code, 128 + n for signal n. Output may be left to read. Completes with
   * {@link Lost} where nobody knows how it ended.
   */
  CompletableFuture<Integer> ended();

  /**
   * Why it ended as it did, where more is known than its exit code. Asked once, after it has ended;
   * may take seconds.
   */
  default ExitDetail detail() {
    return new ExitDetail.Unknown();
  }

  /** Tells it the size of its terminal; nothing without one. */
  void resize(TerminalSize size);

  /** Sends it a signal. */
  void signal(ProcessSignal signal);

  /** Ends it where it still runs, and frees what it holds. May be called again. */
  @Override
  void close();

  /** The connection to it broke off; the message is a sentence for the user. */
  final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what happened. */
    public Lost(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
