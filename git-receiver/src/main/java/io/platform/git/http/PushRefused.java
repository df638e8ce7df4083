package io.platform.git.http;

import java.io.IOException;

/** A push that is refused before anything of it is unpacked; the message is for the client. */
final class PushRefused extends IOException {
  private static final long serialVersionUID = 1L;
  private final boolean sideBand;

  PushRefused(String sentence, boolean sideBand) {
    super(sentence);
    this.sideBand = sideBand;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  /** Whether the client expects errors on the side-band. */
  boolean sideBand() {
    return sideBand;
  }
}
