package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.CommitIds;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RollbackRule.Refusal;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows releases, and rolls back to one. */
public final class ReleaseService {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseService.class);

  private final AppAccess access;
  private final Apps apps;
  private final Releases releases;
  private final StateWait waiting;

  /** For these stores. */
  public ReleaseService(AppAccess access, Apps apps, Releases releases, Signals signals) {
    this.access = access;
    this.apps = apps;
    this.releases = releases;
    this.waiting = new StateWait(signals);
  }

  /**
   * A release, and what its state is shown by.
   *
   * @param app as it was when the release was read
   */
  public record AppRelease(App app, Release release) {}

  /** The newest releases of an app, newest first. */
  public List<AppRelease> list(Principal user, AppPath path, int limit) {
    App app = access.app(user, path, Role.VIEWER);
    return releases.list(app.id(), limit).stream().map(it -> new AppRelease(app, it)).toList();
  }

  /**
   * One release.
   *
   * @param wait how long to wait for the end of its roll-out
   * @throws RequestRefused where there is none, or the user does not see the app
   */
  public AppRelease find(Principal user, AppPath path, ReleaseVersion version, Duration wait)
      throws InterruptedException {
    App app = access.app(user, path, Role.VIEWER);
    Release release =
        waiting.until(
            new Topic.AppChanged(app.id()),
            wait,
            () ->
                releases
                    .find(app.id(), version)
                    .orElseThrow(() -> noRelease(path, version.toString())),
            it -> it.status() != Release.Status.PENDING);
    return new AppRelease(apps.find(app.id()).orElse(app), release);
  }

  /**
   * Goes back to an earlier release, for a developer of the namespace.
   *
   * @param to empty for the newest before the live one that came up
   * @return the release that this makes
   * @throws RequestRefused where there is none to go back to, or the user may not
   */
  public AppRelease rollBack(Principal user, AppPath path, Optional<ReleaseVersion> to) {
    App app = access.app(user, path, Role.DEVELOPER);
    try {
      Release release = releases.rollback(app.id(), to, user.name());
      LOG.info("{} made {} {}: {}", user.name(), path, release.version(), release.cause());
      return new AppRelease(app, release);
    } catch (Releases.NoRollback e) {
      throw new RequestRefused(RequestRefused.Reason.CONFLICT, sentence(path, e.refusal()));
    }
  }

  /** What is said where an app has no such release. */
  public static RequestRefused noRelease(AppPath path, String version) {
    return RequestRefused.notFound(
        "%s has no release %s: `platform releases` lists them.".formatted(path, version));
  }

  private static String sentence(AppPath path, Refusal refusal) {
    return switch (refusal) {
      case Refusal.NoSuchRelease(ReleaseVersion version) ->
          "%s has no release %s: `platform releases` lists them.".formatted(path, version);
      case Refusal.NeverUp(ReleaseVersion version) ->
          "Release %s of %s never came up: choose one that did, `platform releases` lists them."
              .formatted(version, path);
      case Refusal.SlugRemoved(ReleaseVersion version, Optional<String> commit) ->
          "The slug of release %s of %s was removed, because many newer releases were made: choose a newer one, `platform releases` lists them%s."
              .formatted(
                  version,
                  path,
                  commit
                      .map(it -> ", or push commit %s again".formatted(CommitIds.brief(it)))
                      .orElse(""));
      case Refusal.NothingEarlier() ->
          "%s has no earlier release that came up, so there is nothing to go back to."
              .formatted(path);
    };
  }
}
