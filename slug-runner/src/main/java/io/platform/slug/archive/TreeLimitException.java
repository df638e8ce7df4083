package io.platform.slug.archive;

import java.io.IOException;

/** A tree of files, to be written or unpacked, is larger than its {@link TreeLimits}. */
public final class TreeLimitException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The limits. */
  public enum Limit {
    BYTES,
    ENTRIES
  }

  private final Limit limit;
  private final long most;

  TreeLimitException(Limit limit, long most) {
    super(
        limit == Limit.BYTES
            ? "more than " + most + " bytes"
            : "more than " + most + " files and directories");
    this.limit = limit;
    this.most = most;
  }

  public Limit limit() {
    return limit;
  }

  /** In bytes, or files, links and directories. */
  public long most() {
    return most;
  }
}
