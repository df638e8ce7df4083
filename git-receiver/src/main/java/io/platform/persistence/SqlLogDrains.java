package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.DrainId;
import io.platform.domain.DrainLimits;
import io.platform.domain.DrainUrl;
import io.platform.domain.Ids;
import io.platform.domain.InstanceId;
import io.platform.domain.LogDrain;
import io.platform.domain.LogPosition;
import io.platform.domain.port.LogDrains;
import io.platform.persistence.database.TransactionRunner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlLogDrains implements LogDrains {
  private final TransactionRunner database;
  private final InstantSource clock;
  private final ConfigColumns encrypted;

  SqlLogDrains(TransactionRunner database, InstantSource clock, ConfigColumns encrypted) {
    this.database = database;
    this.clock = clock;
    this.encrypted = encrypted;
  }

  @Override
  public Added add(AppId app, DrainUrl url, String user, DrainLimits limits) {
    return database.write(tx -> {
      tx.lock(app);
      List<LogDrain> drains = list(tx.sql(), "WHERE app_id = ? ORDER BY added_at, id", app.value());
      Optional<LogDrain> same = drains.stream().filter(it -> it.url().equals(url)).findFirst();
      if (same.isPresent()) {
        return new Added.Exists(same.get());
      }
      if (drains.size() >= limits.perApp()) {
        return new Added.TooMany();
      }
      Instant now = Instant.ofEpochMilli(clock.millis());
      LogDrain drain =
          new LogDrain(new DrainId(Ids.next(now)), app, url, user, now, LogDrain.Progress.NONE);
      tx.sql()
          .execute(
              "INSERT INTO log_drain (id, app_id, url, added_by, added_at) VALUES (?, ?, ?, ?, ?)",
              drain.id().value(),
              app.value(),
              encrypted.text(app, drain.id(), url),
              user,
              now.toEpochMilli());
      tx.changed(app);
      return new Added.Drain(drain);
    });
  }

  @Override
  public List<LogDrain> of(AppId app) {
    return database.read(sql -> list(sql, "WHERE app_id = ? ORDER BY added_at, id", app.value()));
  }

  @Override
  public boolean remove(AppId app, DrainId drain) {
    return database.write(tx -> {
      int removed =
          tx.sql()
              .execute(
                  "DELETE FROM log_drain WHERE app_id = ? AND id = ?", app.value(), drain.value());
      if (removed == 1) {
        tx.changed(app);
      }
      return removed == 1;
    });
  }

  @Override
  public List<LogDrain> claim(InstanceId owner, Instant until, boolean alone) {
    if (!database.read(SqlLogDrains::hasAny)) {
      return List.of();
    }
    return database.append(tx -> {
      tx.sql()
          .execute(
              "UPDATE log_drain SET owner = ?, owned_until = ?"
                  + " WHERE owner IS NULL OR owner = ? OR owned_until <= ? OR ?",
              owner.value(),
              until.toEpochMilli(),
              owner.value(),
              clock.millis(),
              alone);
      return list(
          tx.sql(),
          "JOIN app ON app.id = log_drain.app_id WHERE log_drain.owner = ? AND app.status = ? ORDER BY log_drain.id",
          owner.value(),
          Columns.word(App.Status.ACTIVE));
    });
  }

  private static boolean hasAny(Handle sql) {
    return sql.select("SELECT 1 FROM log_drain LIMIT 1").mapTo(Integer.class).findOne().isPresent();
  }

  @Override
  public void report(InstanceId owner, Map<DrainId, LogDrain.Progress> progress) {
    if (progress.isEmpty()) {
      return;
    }
    database.append(tx -> {
      progress.forEach((drain, now) ->
          tx.sql()
              .execute(
                  "UPDATE log_drain SET log_position = ?, delivered = ?, dropped = ?, dropping = ?, delivered_at = ?, problem = ?"
                      + " WHERE id = ? AND owner = ?",
                  now.position().map(LogPosition::text),
                  now.delivered(),
                  now.dropped(),
                  now.dropping(),
                  now.deliveredAt().map(Instant::toEpochMilli),
                  now.problem(),
                  drain.value(),
                  owner.value()));
      return progress.size();
    });
  }

  @Override
  public void release(InstanceId owner, Collection<DrainId> drains) {
    if (drains.isEmpty()) {
      return;
    }
    database.append(tx -> {
      drains.forEach(drain ->
          tx.sql()
              .execute(
                  "UPDATE log_drain SET owner = NULL, owned_until = NULL WHERE id = ? AND owner = ?",
                  drain.value(),
                  owner.value()));
      return drains.size();
    });
  }

  private List<LogDrain> list(Handle sql, String where, Object... values) {
    return sql.select("SELECT log_drain.* FROM log_drain " + where, values)
        .map((row, context) -> drain(row))
        .list();
  }

  private LogDrain drain(ResultSet row) throws SQLException {
    return new LogDrain(
        new DrainId(row.getString("id")),
        new AppId(row.getString("app_id")),
        encrypted.ofDrain(row),
        row.getString("added_by"),
        Columns.instant(row, "added_at"),
        new LogDrain.Progress(
            Columns.text(row, "log_position").map(LogPosition::new),
            row.getLong("delivered"),
            row.getLong("dropped"),
            row.getLong("dropping"),
            Columns.optionalInstant(row, "delivered_at"),
            Columns.text(row, "problem")));
  }
}
