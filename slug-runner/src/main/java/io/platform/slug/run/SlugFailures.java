package io.platform.slug.run;

import io.platform.commons.disk.FullDisk;
import io.platform.commons.file.FileFailure;
import io.platform.slug.BadFormatException;
import io.platform.slug.SlugExitCode;
import io.platform.slug.archive.TreeLimitException;
import io.platform.slug.archive.UnsafeEntryException;
import java.io.IOException;

/** Says why a slug that is there cannot be used. */
final class SlugFailures {
  static final String ADMINISTRATOR = " Contact your administrator.";

  private SlugFailures() {}

  /** Another attempt would end as this one. What the slug has left is removed. */
  static RunFailure of(IOException failure, SlugTarget<?> target) {
    return switch (failure) {
      case BadFormatException notWhatWasBuilt -> {
        clear(target);
        yield new RunFailure(
            SlugExitCode.SLUG_DAMAGED,
            "The slug is not what was built: "
                + FileFailure.reason(notWhatWasBuilt)
                + ". Nothing of it was started."
                + ADMINISTRATOR);
      }
      case UnsafeEntryException unsafe -> {
        clear(target);
        yield new RunFailure(
            SlugExitCode.SLUG_UNSAFE,
            "The slug has an entry that would leave its directory: `"
                + unsafe.entry()
                + "` "
                + unsafe.why()
                + ". Nothing of it was started."
                + ADMINISTRATOR);
      }
      case TreeLimitException limit -> {
        clear(target);
        yield new RunFailure(
            SlugExitCode.SLUG_UNSAFE,
            "The slug unpacks to "
                + FileFailure.reason(limit)
                + ", which is the limit here. Nothing of it was started. Make the app smaller and deploy it"
                + " again.");
      }
      default -> ofDisk(failure, target);
    };
  }

  private static RunFailure ofDisk(IOException failure, SlugTarget<?> target) {
    if (FullDisk.caused(failure)) {
      return new RunFailure(
          SlugExitCode.RUNNER_DISK_FULL,
          "The app does not fit on the disk that it is started on. Make it smaller, or contact your"
              + " administrator for more space.");
    }
    return new RunFailure(
        SlugExitCode.RUNNER_INTERNAL,
        "The slug could not be unpacked to "
            + target.place()
            + ": "
            + FileFailure.reason(failure)
            + "."
            + ADMINISTRATOR);
  }

  private static void clear(SlugTarget<?> target) {
    try {
      target.clear();
    } catch (IOException left) {
      // The runner ends now, and the next one begins with emptying the directory.
    }
  }
}
