package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.build.BuildLifecycle;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Releases;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows and cancels builds. */
public final class BuildService {
  private final AppAccess access;
  private final Builds builds;
  private final Releases releases;
  private final BuildLifecycle lifecycle;

  /** For these builds. */
  public BuildService(
      AppAccess access, Builds builds, Releases releases, BuildLifecycle lifecycle) {
    this.access = access;
    this.builds = builds;
    this.releases = releases;
    this.lifecycle = lifecycle;
  }

  /** The newest builds of an app, newest first. */
  public List<Build> list(Principal user, AppPath path, int limit) {
    return builds.list(access.app(user, path, Role.VIEWER).id(), limit);
  }

  /**
   * One build of an app.
   *
   * @param id empty for the newest
   * @throws RequestRefused where there is none, or the user does not see the app
   */
  public Build find(Principal user, AppPath path, Optional<BuildId> id) {
    return find(access.app(user, path, Role.VIEWER), id);
  }

  /**
   * Cancels a build, or the release command of its release, for a developer of its namespace.
   *
   * @return {@link Builds.Ended#first} tells whether it was not over before
   */
  public Builds.Ended cancel(Principal user, AppPath path, Optional<BuildId> id) {
    Build build = find(access.app(user, path, Role.DEVELOPER), id);
    Builds.Ended ended = lifecycle.cancel(build.id(), user.name());
    return ended.first()
        ? ended
        : new Builds.Ended(cancelReleaseCommand(ended.build(), user), ended.build());
  }

  /** How many bytes the next build finds in its cache; 0 if it has none. */
  public long cacheSize(Principal user, AppPath path) {
    return builds
        .cache(access.app(user, path, Role.VIEWER).id())
        .map(StoredObject::size)
        .orElse(0L);
  }

  /** Lets the next build begin without a cache; returns how many bytes it would have found. */
  public long purgeCache(Principal user, AppPath path) {
    return builds
        .forgetCache(access.app(user, path, Role.DEVELOPER).id())
        .map(StoredObject::size)
        .orElse(0L);
  }

  /** A build that has made a release is not over while a command of the release runs. */
  private boolean cancelReleaseCommand(Build build, Principal user) {
    return build
        .release()
        .flatMap(version -> releases.find(build.app(), version))
        .filter(release -> cancelReleaseCommand(release, user))
        .isPresent();
  }

  private boolean cancelReleaseCommand(Release release, Principal user) {
    return Stream.of(ReleaseCommandKind.values())
        .filter(kind -> releases.releaseCommand(release.id(), kind).running())
        .anyMatch(kind ->
            releases.releaseCommandEnded(
                release.id(), kind, Optional.of(new ReleaseFailureCause.Canceled(user.name()))));
  }

  private Build find(App app, Optional<BuildId> id) {
    if (id.isEmpty()) {
      return builds.list(app.id(), 1).stream()
          .findFirst()
          .orElseThrow(() ->
              RequestRefused.notFound(
                  "%s has no builds yet: the first `git push` makes one.".formatted(app.path())));
    }
    return id.flatMap(builds::find)
        .filter(build -> build.app().equals(app.id()))
        .orElseThrow(() ->
            RequestRefused.notFound(
                "%s has no build %s: `platform builds` lists them."
                    .formatted(app.path(), id.get())));
  }
}
