package io.platform.persistence;

import io.platform.domain.AppId;
import io.platform.domain.BuildId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RetainedObjects;
import io.platform.domain.RetentionLimits;
import io.platform.domain.RetentionRule;
import org.jdbi.v3.core.Handle;

/** Reads the rows that {@link RetentionRule} decides on, and stores its decisions. */
final class RetentionRows {
  private RetentionRows() {}

  /** Reads only. */
  static RetainedObjects decide(
      Handle sql, ReleaseRows releases, AppId app, RetentionLimits limits) {
    return RetentionRule.decide(
        AppRows.get(sql, app),
        BuildRows.list(
            sql,
            "WHERE app_id = ? AND removed_at IS NULL ORDER BY created_at DESC, id DESC",
            app.value()),
        releases.list(
            sql, "WHERE app_id = ? AND removed_at IS NULL ORDER BY version DESC", app.value()),
        BuildRows.cache(sql, app),
        limits);
  }

  /** Writes down what does not stay. */
  static void write(Handle sql, AppId app, RetainedObjects retained, long now) {
    for (BuildId build : retained.endedBuilds()) {
      sql.execute(
          "UPDATE build SET removed_at = ?, source_key = NULL, source_size = NULL, source_sha256 = NULL, source_format = NULL, sealed_log = NULL"
              + " WHERE id = ?",
          now,
          build.value());
      sql.execute("DELETE FROM build_log WHERE build_id = ?", build.value());
    }
    for (ReleaseVersion version : retained.endedReleases()) {
      sql.execute(
          "UPDATE app_release SET removed_at = ? WHERE app_id = ? AND version = ?",
          now,
          app.value(),
          version.number());
    }
  }
}
