package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Artifact;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RetainedObjects;
import io.platform.domain.RetentionLimits;
import io.platform.domain.StoredObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Decides what of one app stays in the object store, within a transaction. */
final class RetentionPolicy {
  private final Handle sql;
  private final AppId app;

  RetentionPolicy(Handle sql, AppId app) {
    this.sql = sql;
    this.app = app;
  }

  /** Reads only. */
  RetainedObjects decide(RetentionLimits limits) {
    Set<BuildId> unsettled = new HashSet<>();
    Set<BuildId> logs = new HashSet<>();
    Set<String> keys = new HashSet<>();
    List<BuildId> endedBuilds = new ArrayList<>();
    for (Build build : builds()) {
      if (!build.settled()) {
        unsettled.add(build.id());
      } else if (unsettled.size() + logs.size() < limits.builds()) {
        logs.add(build.id());
        build.source().map(StoredObject::key).ifPresent(keys::add);
        build.sealedLog().ifPresent(keys::add);
      } else {
        endedBuilds.add(build.id());
      }
    }
    List<Release> releases = releases();
    Set<String> slugs = slugs(releases, limits.releases());
    List<ReleaseVersion> endedReleases =
        releases.stream()
            .filter(release -> !slugs.contains(slug(release)))
            .map(Release::version)
            .toList();
    keys.addAll(slugs);
    cache().ifPresent(keys::add);
    return new RetainedObjects(unsettled, logs, keys, endedBuilds, endedReleases);
  }

  private List<Build> builds() {
    return BuildRows.list(
        sql,
        "WHERE app_id = ? AND removed_at IS NULL ORDER BY created_at DESC, id DESC",
        app.value());
  }

  private List<Release> releases() {
    return ReleaseRows.list(
        sql,
        "WHERE app_id = ? AND artifact = ? ORDER BY version DESC",
        app.value(),
        ReleaseRows.SLUG);
  }

  /** A slug that several releases run counts once, and stays as long as one of them does. */
  private Set<String> slugs(List<Release> newestFirst, int limit) {
    App row = AppRows.get(sql, app);
    Set<String> newest = new HashSet<>();
    Set<String> cameUp = new HashSet<>();
    Set<String> wanted = new HashSet<>();
    for (Release release : newestFirst) {
      Optional<ReleaseVersion> version = Optional.of(release.version());
      if (newest.size() < limit) {
        newest.add(slug(release));
      }
      if (release.status() == Release.Status.LIVE && cameUp.size() < limit) {
        cameUp.add(slug(release));
      }
      if (release.status() == Release.Status.PENDING
          || row.live().equals(version)
          || row.desired().equals(version)) {
        wanted.add(slug(release));
      }
    }
    wanted.addAll(newest);
    wanted.addAll(cameUp);
    return wanted;
  }

  private static String slug(Release release) {
    return switch (release.artifact()) {
      case Artifact.Slug(StoredObject object) -> object.key();
      case Artifact.Removed(StoredObject object) -> object.key();
    };
  }

  private Optional<String> cache() {
    return sql.select("SELECT cache_key FROM app WHERE id = ?", app.value())
        .map((row, context) -> Columns.text(row, "cache_key"))
        .findOne()
        .flatMap(key -> key);
  }

  /** Writes down what does not stay. */
  void write(RetainedObjects retained, long now) {
    for (BuildId build : retained.endedBuilds()) {
      sql.execute(
          "UPDATE build SET removed_at = ?, source_key = NULL, source_size = NULL, source_sha256 = NULL, sealed_log = NULL"
              + " WHERE id = ?",
          now,
          build.value());
      sql.execute("DELETE FROM build_log WHERE build_id = ?", build.value());
    }
    for (ReleaseVersion version : retained.endedReleases()) {
      sql.execute(
          "UPDATE app_release SET artifact = ? WHERE app_id = ? AND version = ?",
          ReleaseRows.REMOVED,
          app.value(),
          version.number());
    }
  }
}
