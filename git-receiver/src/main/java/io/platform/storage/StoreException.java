package io.platform.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store's failure as a sentence, and what it was. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Trouble trouble;
  private final String right;

  StoreException(String sentence, Trouble trouble, String right) {
    super(sentence);
    this.trouble = trouble;
    this.right = right;
  }

  Trouble trouble() {
    return trouble;
  }

  /** The cloud's name for the permission that is needed. */
  String right() {
    return right;
  }

  /** Whether a store failed because it has no room; a directory's own words are the system's. */
  public static boolean isFull(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException e && e.trouble().kind() == Trouble.Kind.FULL) {
        return true;
      }
    }
    return false;
  }

  /** Whether a store failed in a way that passes, as when it restarts. */
  public static boolean isUnavailable(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException e) {
        return switch (e.trouble().kind()) {
          case UNREACHABLE, TOO_SLOW, BROKEN, BUSY, ABORTED -> true;
          default -> false;
        };
      }
    }
    return false;
  }
}
