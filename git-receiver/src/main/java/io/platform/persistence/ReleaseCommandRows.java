package io.platform.persistence;

import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseCommandRun;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.persistence.database.Transaction;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How far the commands of releases are. Each write is made once. That of the release command is in
 * the release's row, those of scripts have rows of their own.
 */
final class ReleaseCommandRows {
  private ReleaseCommandRows() {}

  static ReleaseCommandRun find(Handle sql, ReleaseId release, ReleaseCommandKind kind) {
    if (kind == ReleaseCommandKind.RELEASE) {
      return find(
          sql,
          "SELECT command_started_at AS started_at, command_ended_at AS ended_at, command_failure AS failure"
              + " FROM app_release WHERE id = ?",
          release.value());
    }
    return find(
        sql,
        "SELECT started_at, ended_at, failure FROM release_script WHERE release_id = ? AND script = ?",
        release.value(),
        kind.word());
  }

  private static ReleaseCommandRun find(Handle sql, String query, Object... parameters) {
    return sql.select(query, parameters)
        .map((row, context) ->
            new ReleaseCommandRun(
                Columns.optionalInstant(row, "started_at"),
                Columns.optionalInstant(row, "ended_at"),
                JsonColumn.RELEASE_FAILURE.find(row, "failure")))
        .findOne()
        .orElse(ReleaseCommandRun.NONE);
  }

  /** Whether a script was started for another release of the same app. */
  static boolean startedForOther(Handle sql, ReleaseId release, ReleaseCommandKind kind) {
    return sql.select(
                "SELECT count(*) FROM release_script JOIN app_release other ON other.id = release_script.release_id"
                    + " JOIN app_release own ON own.app_id = other.app_id"
                    + " WHERE own.id = ? AND other.id <> own.id AND script = ? AND release_script.started_at IS NOT NULL",
                release.value(),
                kind.word())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** Returns whether this call wrote it. */
  static boolean start(Transaction tx, ReleaseId release, ReleaseCommandKind kind, Instant now) {
    if (kind == ReleaseCommandKind.RELEASE) {
      return tx.sql()
              .execute(
                  "UPDATE app_release SET command_started_at = ? WHERE id = ? AND command_started_at IS NULL",
                  now.toEpochMilli(),
                  release.value())
          == 1;
    }
    makeRow(tx, release, kind);
    return tx.sql()
            .execute(
                "UPDATE release_script SET started_at = ? WHERE release_id = ? AND script = ? AND started_at IS NULL",
                now.toEpochMilli(),
                release.value(),
                kind.word())
        == 1;
  }

  /** Returns whether this call wrote it. */
  static boolean end(
      Transaction tx,
      ReleaseId release,
      ReleaseCommandKind kind,
      Optional<ReleaseFailureCause> failure,
      Instant now) {
    if (kind == ReleaseCommandKind.RELEASE) {
      return tx.sql()
              .execute(
                  "UPDATE app_release SET command_ended_at = ?, command_failure = ? WHERE id = ? AND command_ended_at IS NULL",
                  now.toEpochMilli(),
                  failure.map(JsonColumn.RELEASE_FAILURE::text),
                  release.value())
          == 1;
    }
    makeRow(tx, release, kind);
    return tx.sql()
            .execute(
                "UPDATE release_script SET ended_at = ?, failure = ? WHERE release_id = ? AND script = ? AND ended_at IS NULL",
                now.toEpochMilli(),
                failure.map(JsonColumn.RELEASE_FAILURE::text),
                release.value(),
                kind.word())
        == 1;
  }

  private static void makeRow(Transaction tx, ReleaseId release, ReleaseCommandKind kind) {
    tx.sql()
        .execute(
            "INSERT INTO release_script (release_id, script) VALUES (?, ?) ON CONFLICT DO NOTHING",
            release.value(),
            kind.word());
  }
}
