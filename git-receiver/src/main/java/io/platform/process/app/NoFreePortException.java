package io.platform.process.app;

import io.platform.process.sandbox.ProcessSettings;
import java.io.IOException;

/** All ports for apps are in use. */
final class NoFreePortException extends IOException {
  private static final long serialVersionUID = 1L;
  private final int first;
  private final int last;

  NoFreePortException(ProcessSettings.Ports range) {
    super("no port from %d to %d is free".formatted(range.first(), range.last()));
    this.first = range.first();
    this.last = range.last();
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }
}
