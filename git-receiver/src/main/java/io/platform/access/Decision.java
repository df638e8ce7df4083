package io.platform.access;

import io.platform.domain.App;
import io.platform.domain.AppPath;

/** The answer to whether a user may do something with an app. */
public sealed interface Decision {
  /** Yes. */
  record Allowed(App app) implements Decision {}

  /** There is none, or the user may not know of it (404). */
  record Hidden() implements Decision {}

  /** The app has another name now, and the user may know of it (404). */
  record Moved(AppPath to) implements Decision {}

  /** The user sees it, but the role does not suffice (403). */
  record Denied(String sentence) implements Decision {}
}
