package io.platform.slug.http;

import java.io.IOException;

/** The platform refused the request; a retry would not help. The message is what it said. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public RefusedException(int status, String detail) {
    super(detail);
    this.status = status;
  }

  /** HTTP's. */
  public int status() {
    return status;
  }
}
