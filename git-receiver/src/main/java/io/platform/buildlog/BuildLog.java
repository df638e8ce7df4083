package io.platform.buildlog;

import io.platform.domain.BuilderNotice;
import io.platform.domain.FailureCause;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutNotice;
import java.time.Duration;
import java.util.List;

/**
 * The platform's own messages in the log of one build, one method for each event. The wording is
 * {@link BuildLogMessages}; the builder's own lines come in another way, see {@link BuilderLines}.
 * An event that is told again changes nothing.
 */
public interface BuildLog {
  /**
   * A push begins to become this build.
   *
   * @param commit all 40 digits
   */
  void received(String branch, String commit);

  /** The push drops commits that the branch had. */
  void forced(String branch, String oldCommit);

  /** The source is stored. */
  void stored(int files, long bytes);

  /**
   * The object store does not answer; storing the source is tried again.
   *
   * @param retryTime for how long
   */
  void storeAway(Duration retryTime);

  /** The object store answers again. */
  void storeBack();

  /** The build does not depend on the connection: how to follow and how to cancel it. */
  void followable();

  /**
   * The builder died with the server and is launched again.
   *
   * @param key names the launch
   */
  void launchedAgain(String key);

  /**
   * The runner of builds noticed something.
   *
   * @param key names it
   */
  void noticed(String key, BuilderNotice notice);

  /**
   * The builder has written nothing for a while.
   *
   * @param size of the log since then, in bytes
   * @param lasts for how long
   * @param left what the build may take from now on
   */
  void silent(long size, Duration lasts, Duration left);

  /** The builder has written more than the limit, in bytes: the rest of its lines is dropped. */
  void full(long limit);

  /**
   * A command of a release runs from now on.
   *
   * @param command of the Procfile or app.json
   */
  void releaseCommandStarted(ReleaseVersion version, ReleaseCommandKind kind, String command);

  /** A command of a release succeeded. */
  void releaseCommandEnded(ReleaseVersion version, ReleaseCommandKind kind, Duration took);

  /** A script failed that ran when the release had the traffic already, and keeps. */
  void scriptFailed(ReleaseVersion version, ReleaseCommandKind kind, FailureCause why);

  /** The roll-out of a release begins. */
  void rolloutStarted(ReleaseVersion version);

  /**
   * Something happened during the roll-out of a release.
   *
   * @param key names it
   */
  void rolloutNoticed(ReleaseVersion version, String key, RolloutNotice notice);

  /** The release is live, and has process types of which no process runs. */
  void typesAtZero(ReleaseVersion version, List<String> types);

  /**
   * The release did not come up; this is what its app wrote.
   *
   * @param lines the last ones
   */
  void appOutput(ReleaseVersion version, List<String> lines);

  /**
   * The end: the release is live.
   *
   * @param url of the app
   */
  void released(Release release, String url);

  /** The end: nothing was deployed. */
  void rejected(FailureCause why);
}
