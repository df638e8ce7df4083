package io.platform.receiver.push;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** The object store could not take the source. */
final class StoreFailed extends IOException {
  private static final long serialVersionUID = 1L;

  StoreFailed(IOException cause) {
    super(cause);
  }

  /** The store's sentence. */
  String sentence() {
    return String.valueOf(requireNonNull(getCause()).getMessage());
  }
}
