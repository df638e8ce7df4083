package io.platform.drain;

import io.platform.domain.App;
import io.platform.domain.LogLine;
import java.io.IOException;
import java.util.List;

/** The way to a receiver. It connects when it is used, and again after a failure. */
interface DrainConnection extends AutoCloseable {
  /**
   * Hands lines over. When this returns, the receiver has them, as far as its protocol tells.
   *
   * @throws BatchRefused where the receiver will never take them
   * @throws IOException where it may take them later
   */
  void send(App app, List<LogLine> lines) throws IOException;

  /** Closes the connection where one is open. */
  @Override
  void close();

  /** The receiver does not accept what it was sent; a repeat would not change that. */
  final class BatchRefused extends IOException {
    private static final long serialVersionUID = 1L;

    BatchRefused(String message) {
      super(message);
    }
  }
}
