package io.platform.http;

import io.platform.slug.FullDiskDetector;
import org.jspecify.annotations.Nullable;

/** Tells whether something failed because the server's own disk is full. */
public final class FullDisk {
  private FullDisk() {}

  /** Whether the failure or one of its causes says so; databases have words of their own for it. */
  public static boolean caused(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (FullDiskDetector.said(message) || message.contains("database or disk is full")) {
        return true;
      }
    }
    return false;
  }
}
