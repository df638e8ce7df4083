package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.AppPath;
import io.platform.domain.Config;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads apps. */
final class AppRows {
  private static final String SELECT =
      "SELECT app.*, route.host FROM app JOIN route ON route.app_id = app.id ";

  private AppRows() {}

  static List<App> list(Handle sql, String where, Object... values) {
    return sql.select(SELECT + where, values).map((row, context) -> app(row)).list();
  }

  static Optional<App> find(Handle sql, String where, Object... values) {
    return list(sql, where, values).stream().findFirst();
  }

  static Optional<App> find(Handle sql, AppId id) {
    return find(sql, "WHERE app.id = ?", id.value());
  }

  static App get(Handle sql, AppId id) {
    return find(sql, id).orElseThrow(() -> missing(id));
  }

  static Config config(Handle sql, AppId id) {
    return sql.select("SELECT config FROM app WHERE id = ?", id.value())
        .map((row, context) -> Columns.config(row, "config"))
        .findOne()
        .orElseThrow(() -> missing(id));
  }

  private static IllegalArgumentException missing(AppId id) {
    return new IllegalArgumentException("There is no app with the id %s any more.".formatted(id));
  }

  private static App app(ResultSet row) throws SQLException {
    return new App(
        new AppId(row.getString("id")),
        row.getString("customer"),
        new AppPath(row.getString("namespace"), row.getString("name")),
        Columns.text(row, "deploy_branch"),
        row.getString("host"),
        Columns.version(row, "desired"),
        Columns.version(row, "live"),
        Columns.word(App.Status.class, row, "status"),
        Columns.instant(row, "created_at"));
  }
}
