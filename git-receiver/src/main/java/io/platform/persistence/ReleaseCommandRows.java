package io.platform.persistence;

import io.platform.domain.ReleaseCommandRun;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.persistence.database.Transaction;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the columns of a release's command. Each write is made once. */
final class ReleaseCommandRows {
  private ReleaseCommandRows() {}

  static ReleaseCommandRun find(Handle sql, ReleaseId release) {
    return sql.select(
            "SELECT command_started_at, command_ended_at, command_failure FROM app_release WHERE id = ?",
            release.value())
        .map((row, context) ->
            new ReleaseCommandRun(
                Columns.optionalInstant(row, "command_started_at"),
                Columns.optionalInstant(row, "command_ended_at"),
                JsonColumn.RELEASE_FAILURE.find(row, "command_failure")))
        .findOne()
        .orElse(ReleaseCommandRun.NONE);
  }

  /** Returns whether this call wrote it. */
  static boolean start(Transaction tx, ReleaseId release, Instant now) {
    return tx.sql()
            .execute(
                "UPDATE app_release SET command_started_at = ? WHERE id = ? AND command_started_at IS NULL",
                now.toEpochMilli(),
                release.value())
        == 1;
  }

  /** Returns whether this call wrote it. */
  static boolean end(
      Transaction tx, ReleaseId release, Optional<ReleaseFailureCause> failure, Instant now) {
    return tx.sql()
            .execute(
                "UPDATE app_release SET command_ended_at = ?, command_failure = ? WHERE id = ? AND command_ended_at IS NULL",
                now.toEpochMilli(),
                failure.map(JsonColumn.RELEASE_FAILURE::text),
                release.value())
        == 1;
  }
}
