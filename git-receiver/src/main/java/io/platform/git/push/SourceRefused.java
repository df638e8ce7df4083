package io.platform.git.push;

import io.platform.git.push.refusal.PushRefusal;

/** The pushed tree must not become an app, and the pusher is told why. */
final class SourceRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient PushRefusal why;

  SourceRefused(PushRefusal why) {
    super("the pushed tree is refused", null, false, false);
    this.why = why;
  }

  PushRefusal why() {
    return why;
  }
}
