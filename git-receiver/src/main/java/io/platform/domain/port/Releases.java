package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Config;
import io.platform.domain.DesiredState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseCommandRun;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RollbackRule;
import io.platform.domain.RolloutEnd;
import io.platform.slug.SlugProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The releases. Only {@code desired} is changed from outside; the deployer applies it and says how
 * it went. Changes raise {@link Topic.AppChanged}, and {@link Topic.BuildChanged} for a release
 * that a build made.
 */
public interface Releases {
  /**
   * Changes the app's config and, where a release is live, makes a release of its artifact with the
   * new config and desires it.
   *
   * @param change a present value sets, an empty one unsets
   * @return what differs now, which may be nothing
   */
  Reconfigured reconfigure(AppId app, Map<String, Optional<String>> change, String by);

  /**
   * How the app's config was changed.
   *
   * @param change the names of what differs, which may be none
   * @param release the new release; empty where nothing changed or nothing is live yet
   */
  record Reconfigured(ReleaseCause.ConfigChange change, Optional<Release> release) {}

  /**
   * Makes a release of an earlier one's artifact, config and process types, and desires it.
   *
   * @param to the release to go back to; empty for the newest one before the live one that came up
   * @throws NoRollback where {@link RollbackRule} refuses it
   */
  Release rollback(AppId app, Optional<ReleaseVersion> to, String by) throws NoRollback;

  /** What should run. */
  DesiredState desiredState(AppId app);

  /**
   * Writes how the roll-out of a release ended, unless it is written: {@code live = version}, or
   * the release failed and {@code desired = live} (the app's config too goes back to the live
   * release's where a config change failed). Superseded where {@code desired} has moved on.
   */
  void rolledOut(AppId app, ReleaseVersion version, RolloutEnd end);

  /**
   * Notes why a process of the release could not fetch its slug yet.
   *
   * @param problem empty once it has the slug
   */
  void setSlugProblem(ReleaseId release, Optional<SlugProblem> problem);

  /** Why a process of the release has not got its slug, as it told last. */
  Optional<SlugProblem> slugProblem(ReleaseId release);

  /** How far a command of the release is. */
  ReleaseCommandRun releaseCommand(ReleaseId release, ReleaseCommandKind kind);

  /** Whether a script of this kind was started for another release of the same app. */
  boolean scriptStartedForOther(ReleaseId release, ReleaseCommandKind kind);

  /** Writes that a command of the release starts, unless that is written. */
  void releaseCommandStarted(ReleaseId release, ReleaseCommandKind kind);

  /**
   * Writes how a command of the release ended, unless it is written. One that was canceled before
   * it started has ended, too.
   *
   * @param failure why it failed; empty where the command succeeded
   * @return whether this call wrote it
   */
  boolean releaseCommandEnded(
      ReleaseId release, ReleaseCommandKind kind, Optional<ReleaseFailureCause> failure);

  /** The app's config: what its next release gets. */
  Config config(AppId app);

  /** The newest releases, newest first. */
  List<Release> list(AppId app, int limit);

  /** One release of an app. */
  Optional<Release> find(AppId app, ReleaseVersion version);

  /** The release that came up last; empty where none ever did. */
  default Optional<Release> live(App app) {
    return app.live().flatMap(version -> find(app.id(), version));
  }

  /** One release. */
  Optional<Release> find(ReleaseId id);

  /** There is nothing to go back to. */
  final class NoRollback extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient RollbackRule.Refusal refusal;

    /** For this reason. */
    public NoRollback(RollbackRule.Refusal refusal) {
      super(refusal.toString());
      this.refusal = refusal;
    }

    /** Why. */
    public RollbackRule.Refusal refusal() {
      return refusal;
    }
  }
}
