package io.platform.git.push;

import java.util.function.Consumer;

/** The pushed tree must not become an app, and the pusher is told why. */
final class SourceRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Consumer<PushLog> reason;

  SourceRefused(Consumer<PushLog> reason) {
    super("the pushed tree is refused", null, false, false);
    this.reason = reason;
  }

  void tell(PushLog log) {
    reason.accept(log);
  }
}
