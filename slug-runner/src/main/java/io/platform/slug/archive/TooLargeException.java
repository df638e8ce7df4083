package io.platform.slug.archive;

import java.io.IOException;

/** More bytes than are allowed. */
public final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long limit;

  public TooLargeException(long limit) {
    super("more than " + limit + " bytes");
    this.limit = limit;
  }

  /** In bytes. */
  public long limit() {
    return limit;
  }
}
