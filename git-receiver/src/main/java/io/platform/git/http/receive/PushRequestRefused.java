package io.platform.git.http.receive;

import java.io.IOException;

/** A push that is refused before anything of it is unpacked; the message is for the client. */
public final class PushRequestRefused extends IOException {
  private static final long serialVersionUID = 1L;
  private final boolean sideBand;

  PushRequestRefused(String sentence, boolean sideBand) {
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
