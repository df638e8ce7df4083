package io.platform.commons.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from other failures of files. */
public final class FullDisk {
  private static final long NEXT_TO_NOTHING = 64 * 1024;

  private FullDisk() {}

  /** Whether {@code failure} or one of its causes is the system's ENOSPC or EDQUOT. */
  public static boolean caused(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && said(String.valueOf(cause.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line of output, or a message, says so; Node.js writes the name of the number. */
  public static boolean said(String text) {
    return ErrnoText.ENOSPC.isIn(text)
        || ErrnoText.EDQUOT.isIn(text)
        || text.contains(ErrnoText.ENOSPC.name())
        || text.contains(ErrnoText.EDQUOT.name());
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
