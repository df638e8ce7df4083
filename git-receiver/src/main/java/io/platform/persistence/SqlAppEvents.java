package io.platform.persistence;

import io.platform.domain.AppEvent;
import io.platform.domain.AppEventKind;
import io.platform.domain.AppId;
import io.platform.domain.RecordedEvent;
import io.platform.domain.port.AppEvents;
import io.platform.persistence.database.TransactionRunner;
import io.platform.persistence.json.AppEventJson;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

final class SqlAppEvents implements AppEvents {
  private final TransactionRunner database;
  private final AppEventWrites writes;

  SqlAppEvents(TransactionRunner database, AppEventWrites writes) {
    this.database = database;
    this.writes = writes;
  }

  @Override
  public void record(AppId app, Optional<String> by, AppEvent event) {
    database.write(tx -> {
      tx.lock(app);
      boolean there = AppRows.find(tx.sql(), app).isPresent();
      if (there) {
        writes.add(tx, app, by, event);
      }
      return there;
    });
  }

  @Override
  public List<RecordedEvent> list(AppId app, Optional<Long> before, int limit) {
    return select(
        "WHERE app_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
        app.value(),
        before.orElse(Long.MAX_VALUE),
        limit);
  }

  @Override
  public List<RecordedEvent> since(AppId app, long after, int limit) {
    return select("WHERE app_id = ? AND id > ? ORDER BY id LIMIT ?", app.value(), after, limit);
  }

  private List<RecordedEvent> select(String where, Object... values) {
    return database.read(sql ->
        sql.select("SELECT id, created_at, by_whom, kind, detail FROM app_event " + where, values)
            .map((row, context) -> event(row))
            .list());
  }

  private static RecordedEvent event(ResultSet row) throws SQLException {
    try {
      return new RecordedEvent(
          row.getLong("id"),
          Columns.instant(row, "created_at"),
          Columns.text(row, "by_whom"),
          AppEventJson.read(
              Columns.word(AppEventKind.class, row, "kind"),
              JsonObject.parse(row.getString("detail").getBytes(StandardCharsets.UTF_8))));
    } catch (BadFormatException e) {
      throw new SQLException("a column holds no event of an app", e);
    }
  }
}
