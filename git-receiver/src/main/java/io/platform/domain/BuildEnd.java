package io.platform.domain;

import io.platform.slug.ProcessTypes;
import java.util.Optional;

/** How a build ends: exactly once, the first that says so wins. */
public sealed interface BuildEnd {
  /** The state that the build's row gets. */
  Build.Status status();

  /**
   * There is a slug.
   *
   * @param cache what the buildpack left for the next build
   */
  record Succeeded(
      StoredObject slug, Optional<StoredObject> cache, String buildpack, ProcessTypes processTypes)
      implements BuildEnd {
    @Override
    public Build.Status status() {
      return Build.Status.SUCCEEDED;
    }
  }

  /**
   * There is none.
   *
   * @param exitCode the builder's, where it came so far
   * @param message what was tried, why it failed, what to do next
   */
  record Failed(Optional<Integer> exitCode, String message) implements BuildEnd {
    @Override
    public Build.Status status() {
      return Build.Status.FAILED;
    }
  }

  /** Somebody ended it. */
  record Canceled(String by) implements BuildEnd {
    @Override
    public Build.Status status() {
      return Build.Status.CANCELED;
    }
  }

  /** The deadline passed. */
  record TimedOut(String message) implements BuildEnd {
    @Override
    public Build.Status status() {
      return Build.Status.TIMED_OUT;
    }
  }
}
