package io.platform.build;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the supervisor tells a pusher, one method for each thing. Sentences say why, and what to do
 * next.
 */
interface BuildMessages {
  /** The builder died with the server and is launched again. A line of the log. */
  String launchedAgain();

  /** Something that the runner of builds noticed. Lines of the log. */
  String noticed(String text);

  /**
   * The builder has written nothing for a while. A line of the log.
   *
   * @param left what it may take from now on
   */
  String silent(Build build, Duration lasts, Duration left);

  /** Why a build that ended without a slug did so. */
  String rejected(Build build);

  /** Why a release that did not come up did not. */
  String notLive(Release release, Optional<ReleaseVersion> goesOn);

  /** The last lines of a log whose push is deployed. */
  List<String> deployed(App app, Release release, String url);

  /** The last lines of a log whose push is rejected. */
  List<String> closing(String why);
}
