package io.platform.git.push;

import io.platform.domain.BuildFailureCause;

/** The pushed tree cannot be deployed, and the pusher was told why. */
final class SourceRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient BuildFailureCause.NotAccepted why;

  SourceRefused(BuildFailureCause.NotAccepted why) {
    super("the pushed tree is refused", null, false, false);
    this.why = why;
  }

  BuildFailureCause.NotAccepted why() {
    return why;
  }
}
