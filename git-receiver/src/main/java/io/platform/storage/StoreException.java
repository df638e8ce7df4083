package io.platform.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store's failure as a sentence, and what it was. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient StoreError error;
  private final String right;

  StoreException(String sentence, StoreError error, String right) {
    super(sentence);
    this.error = error;
    this.right = right;
  }

  public StoreError error() {
    return error;
  }

  /** The cloud's name for the permission that is needed. */
  String right() {
    return right;
  }

  /** Whether a store failed because it has no room; a directory's own words are the system's. */
  public static boolean isFull(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException e && e.error().kind() == StoreError.Kind.FULL) {
        return true;
      }
    }
    return false;
  }

  /** Whether a store failed in a way that passes, as when it restarts. */
  public static boolean isUnavailable(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException e) {
        return switch (e.error().kind()) {
          case UNREACHABLE, TOO_SLOW, BROKEN, BUSY, ABORTED -> true;
          default -> false;
        };
      }
    }
    return false;
  }
}
