package io.platform.slug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from other failures; Java gives it no type of its own. */
public final class FullDiskDetector {
  private static final long NEXT_TO_NOTHING = 64 * 1024;

  private FullDiskDetector() {}

  /** Whether {@code failure} or one of its causes is the system's ENOSPC or EDQUOT. */
  public static boolean caused(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && said(String.valueOf(cause.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line of output, or a message, says so. */
  public static boolean said(String text) {
    return text.contains("No space left on device")
        || text.contains("Disk quota exceeded")
        || text.contains("ENOSPC");
  }

  /** Whether there is next to nothing left where {@code directory} is. */
  public static boolean at(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace() < NEXT_TO_NOTHING;
    } catch (IOException unknown) {
      return false;
    }
  }
}
