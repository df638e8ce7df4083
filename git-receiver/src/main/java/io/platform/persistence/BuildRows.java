package io.platform.persistence;

import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.InstanceId;
import io.platform.domain.Lease;
import io.platform.domain.Origin;
import io.platform.domain.Source;
import io.platform.domain.SourceFormat;
import io.platform.domain.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads builds. */
final class BuildRows {
  static final String PUSH = "push";
  static final String DEPLOYED = "deployed";
  static final String REJECTED = "rejected";

  private BuildRows() {}

  static List<Build> list(Handle sql, String where, Object... values) {
    return sql.select("SELECT * FROM build " + where, values)
        .map((row, context) -> build(row))
        .list();
  }

  static Optional<Build> find(Handle sql, BuildId id) {
    return list(sql, "WHERE id = ?", id.value()).stream().findFirst();
  }

  static Build get(Handle sql, BuildId id) {
    return find(sql, id)
        .orElseThrow(
            () -> new IllegalArgumentException("There is no build %s any more.".formatted(id)));
  }

  /** What the newest successful build of an app left for the next one. */
  static Optional<StoredObject> cache(Handle sql, AppId app) {
    return sql.select(
            "SELECT cache_key, cache_size, cache_sha256 FROM app WHERE id = ?", app.value())
        .map((row, context) -> Columns.object(row, "cache"))
        .findOne()
        .flatMap(cache -> cache);
  }

  private static Build build(ResultSet row) throws SQLException {
    return new Build(
        new BuildId(row.getString("id")),
        new AppId(row.getString("app_id")),
        origin(row),
        new Lease(new InstanceId(row.getString("owner")), row.getLong("lease_renewals")),
        Columns.word(BuildStatus.class, row, "status"),
        source(row),
        Columns.optionalInstant(row, "deadline"),
        JsonColumn.BUILD_FAILURE.find(row, "failure"),
        Columns.number(row, "exit_code"),
        Columns.version(row, "release"),
        outcome(row),
        Columns.text(row, "sealed_log"),
        row.getLong("log_size"),
        Columns.instant(row, "created_at"),
        Columns.optionalInstant(row, "ended_at"),
        Columns.optionalInstant(row, "settled_at"),
        Columns.optionalInstant(row, "removed_at"));
  }

  private static Optional<Source> source(ResultSet row) throws SQLException {
    Optional<StoredObject> object = Columns.object(row, "source");
    return object.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Source(object.get(), Columns.word(SourceFormat.class, row, "source_format")));
  }

  private static Origin origin(ResultSet row) throws SQLException {
    String kind = row.getString("origin");
    if (!kind.equals(PUSH)) {
      throw new SQLException("unknown origin " + kind);
    }
    return new Origin.Push(
        row.getString("ref"),
        row.getString("old_commit_id"),
        row.getString("commit_id"),
        row.getString("by_whom"),
        Columns.pushOptions(row, "push_options"));
  }

  private static Optional<Build.Outcome> outcome(ResultSet row) throws SQLException {
    Optional<String> outcome = Columns.text(row, "outcome");
    if (outcome.isEmpty()) {
      return Optional.empty();
    }
    Build.Outcome stored = new Build.Outcome(JsonColumn.DEPLOY_FAILURE.find(row, "rejection"));
    if (stored.deployed() != outcome.get().equals(DEPLOYED)) {
      throw new SQLException("outcome %s does not fit its rejection".formatted(outcome.get()));
    }
    return Optional.of(stored);
  }
}
