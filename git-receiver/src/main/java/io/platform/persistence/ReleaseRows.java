package io.platform.persistence;

import io.platform.domain.AppId;
import io.platform.domain.BuildId;
import io.platform.domain.Release;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.slug.AppJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reads releases. */
final class ReleaseRows {
  private static final int AT_ONCE = 20;

  private final ConfigColumns configs;

  ReleaseRows(ConfigColumns configs) {
    this.configs = configs;
  }

  List<Release> list(Handle sql, String where, Object... values) {
    return sql.select("SELECT * FROM app_release " + where, values)
        .map((row, context) -> release(row))
        .list();
  }

  Optional<Release> find(Handle sql, String where, Object... values) {
    return list(sql, where, values).stream().findFirst();
  }

  Optional<Release> find(Handle sql, AppId app, ReleaseVersion version) {
    return find(sql, "WHERE app_id = ? AND version = ?", app.value(), version.number());
  }

  /** The newest of an app's releases that is as wanted; reads no more of them than it must. */
  Optional<Release> newest(Handle sql, AppId app, Predicate<Release> wanted) {
    try (Stream<Release> releases =
        sql
            .select("SELECT * FROM app_release WHERE app_id = ? ORDER BY version DESC", app.value())
            .setFetchSize(AT_ONCE)
            .map((row, context) -> release(row))
            .stream()) {
      return releases.filter(wanted).findFirst();
    }
  }

  private Release release(ResultSet row) throws SQLException {
    return new Release(
        new ReleaseId(row.getString("id")),
        new AppId(row.getString("app_id")),
        new ReleaseVersion(row.getInt("version")),
        ArtifactColumns.read(row),
        configs.ofRelease(row),
        JsonColumn.PROCESS_TYPES.read(row, "process_types"),
        JsonColumn.APP_JSON.find(row, "app_json").orElse(AppJson.NONE),
        JsonColumn.RELEASE_CAUSE.read(row, "cause"),
        Columns.text(row, "commit_id"),
        Columns.text(row, "build_id").map(BuildId::new),
        row.getString("by_whom"),
        Columns.word(Release.Status.class, row, "status"),
        JsonColumn.RELEASE_FAILURE.find(row, "failure"),
        Columns.instant(row, "created_at"),
        Columns.optionalInstant(row, "removed_at"));
  }
}
