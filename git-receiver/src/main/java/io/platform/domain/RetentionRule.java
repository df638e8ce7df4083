package io.platform.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which stored objects of an app are kept. */
public final class RetentionRule {
  private RetentionRule() {}

  /**
   * Decides what stays.
   *
   * @param builds those whose source and log were not removed, newest first
   * @param releases those whose artifact was not removed, newest first
   * @param cache what the next build gets
   */
  public static RetainedObjects decide(
      App app,
      List<Build> builds,
      List<Release> releases,
      Optional<StoredObject> cache,
      RetentionLimits limits) {
    Set<BuildId> unsettled = new HashSet<>();
    Set<BuildId> logs = new HashSet<>();
    Set<String> keys = new HashSet<>();
    List<BuildId> endedBuilds = new ArrayList<>();
    for (Build build : builds) {
      if (!build.settled()) {
        unsettled.add(build.id());
      } else if (unsettled.size() + logs.size() < limits.builds()) {
        logs.add(build.id());
        build.source().map(source -> source.object().key()).ifPresent(keys::add);
        build.archivedLog().ifPresent(keys::add);
      } else {
        endedBuilds.add(build.id());
      }
    }
    Set<Artifact> artifacts = artifacts(app, releases, limits.releases());
    List<ReleaseVersion> endedReleases =
        releases.stream()
            .filter(release -> !artifacts.contains(release.artifact()))
            .map(Release::version)
            .toList();
    artifacts.stream().flatMap(artifact -> key(artifact).stream()).forEach(keys::add);
    cache.map(StoredObject::key).ifPresent(keys::add);
    return new RetainedObjects(unsettled, logs, keys, endedBuilds, endedReleases);
  }

  /** An artifact that several releases run counts once, and stays as long as one of them does. */
  private static Set<Artifact> artifacts(App app, List<Release> newestFirst, int limit) {
    Set<Artifact> newest = new HashSet<>();
    Set<Artifact> cameUp = new HashSet<>();
    Set<Artifact> wanted = new HashSet<>();
    for (Release release : newestFirst) {
      Optional<ReleaseVersion> version = Optional.of(release.version());
      if (newest.size() < limit) {
        newest.add(release.artifact());
      }
      if (release.status() == Release.Status.LIVE && cameUp.size() < limit) {
        cameUp.add(release.artifact());
      }
      if (release.status() == Release.Status.PENDING
          || app.live().equals(version)
          || app.desired().equals(version)) {
        wanted.add(release.artifact());
      }
    }
    wanted.addAll(newest);
    wanted.addAll(cameUp);
    return wanted;
  }

  /** What of an artifact is in the object store. */
  private static Optional<String> key(Artifact artifact) {
    return switch (artifact) {
      case Artifact.Slug(StoredObject object) -> Optional.of(object.key());
      case Artifact.Image image -> Optional.empty();
    };
  }
}
