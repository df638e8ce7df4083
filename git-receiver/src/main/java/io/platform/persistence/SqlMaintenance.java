package io.platform.persistence;

import io.platform.domain.AppEvent;
import io.platform.domain.AppId;
import io.platform.domain.MaintenancePage;
import io.platform.domain.port.Maintenance;
import io.platform.persistence.database.TransactionRunner;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlMaintenance implements Maintenance {
  private final TransactionRunner database;
  private final InstantSource clock;
  private final AppEventWrites events;

  SqlMaintenance(TransactionRunner database, InstantSource clock, AppEventWrites events) {
    this.database = database;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public void turnOn(AppId app, Optional<MaintenancePage> page, String by) {
    database.write(tx -> {
      tx.lock(app);
      boolean was = delete(tx.sql(), app);
      tx.sql()
          .execute(
              "INSERT INTO app_maintenance (app_id, page_url, page, created_at) VALUES (?, ?, ?, ?)",
              app.value(),
              page.map(it -> it.url().toString()),
              page.map(MaintenancePage::html),
              clock.millis());
      if (!was) {
        events.add(tx, app, by, new AppEvent.MaintenanceOn());
      }
      return was;
    });
  }

  @Override
  public void turnOff(AppId app, String by) {
    database.write(tx -> {
      tx.lock(app);
      boolean was = delete(tx.sql(), app);
      if (was) {
        events.add(tx, app, by, new AppEvent.MaintenanceOff());
      }
      return was;
    });
  }

  private static boolean delete(Handle sql, AppId app) {
    return sql.execute("DELETE FROM app_maintenance WHERE app_id = ?", app.value()) == 1;
  }

  @Override
  public Optional<MaintenancePage> page(AppId app) {
    return database.read(sql ->
        sql.select(
                "SELECT page_url, page FROM app_maintenance WHERE app_id = ? AND page IS NOT NULL",
                app.value())
            .map((row, context) ->
                new MaintenancePage(URI.create(row.getString("page_url")), row.getString("page")))
            .findOne());
  }
}
