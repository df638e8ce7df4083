package io.platform.persistence;

import io.platform.domain.AppEvent;
import io.platform.domain.AppEventLimits;
import io.platform.domain.AppFeature;
import io.platform.domain.AppId;
import io.platform.domain.AppOptions;
import io.platform.domain.Formation;
import io.platform.domain.ProcessSize;
import io.platform.persistence.database.Transaction;
import io.platform.persistence.json.AppEventJson;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Records events within a transaction that holds the app's row: their ids count up without gaps, in
 * the order of the commits.
 */
final class AppEventWrites {
  private final InstantSource clock;
  private final AppEventLimits limits;

  AppEventWrites(InstantSource clock, AppEventLimits limits) {
    this.clock = clock;
    this.limits = limits;
  }

  /** By the platform itself. */
  void add(Transaction tx, AppId app, AppEvent event) {
    add(tx, app, Optional.empty(), event);
  }

  void add(Transaction tx, AppId app, String by, AppEvent event) {
    add(tx, app, Optional.of(by), event);
  }

  void add(Transaction tx, AppId app, Optional<String> by, AppEvent event) {
    long id =
        tx.sql()
            .select("SELECT coalesce(max(id), 0) + 1 FROM app_event WHERE app_id = ?", app.value())
            .mapTo(Long.class)
            .one();
    tx.sql()
        .execute(
            "INSERT INTO app_event (app_id, id, created_at, by_whom, kind, detail) VALUES (?, ?, ?, ?, ?, ?)",
            app.value(),
            id,
            clock.millis(),
            by,
            Columns.word(event.kind()),
            new String(AppEventJson.write(event).toBytes(), StandardCharsets.UTF_8));
    tx.sql()
        .execute(
            "DELETE FROM app_event WHERE app_id = ? AND id <= ?", app.value(), id - limits.kept());
    tx.changed(app);
  }

  /** What differs between two formations, as far as it is anything. */
  void addScaling(Transaction tx, AppId app, String by, Formation before, Formation after) {
    SortedMap<String, Integer> quantities = new TreeMap<>();
    SortedMap<String, ProcessSize> sizes = new TreeMap<>();
    for (String type : after.types()) {
      if (after.quantity(type) != before.quantity(type)) {
        quantities.put(type, after.quantity(type));
      }
    }
    before.types().forEach(type -> putIfResized(sizes, type, before, after));
    after.types().forEach(type -> putIfResized(sizes, type, before, after));
    if (!quantities.isEmpty()) {
      add(tx, app, by, new AppEvent.Scaled(quantities));
    }
    if (!sizes.isEmpty()) {
      add(tx, app, by, new AppEvent.Resized(sizes));
    }
  }

  /** What differs between two choices of an app's developers, as far as it is anything. */
  void addOptions(Transaction tx, AppId app, String by, AppOptions before, AppOptions after) {
    for (AppFeature feature : AppFeature.values()) {
      if (after.has(feature) && !before.has(feature)) {
        add(tx, app, by, new AppEvent.FeatureEnabled(feature));
      } else if (before.has(feature) && !after.has(feature)) {
        add(tx, app, by, new AppEvent.FeatureDisabled(feature));
      }
    }
    if (!after.rollout().equals(before.rollout())) {
      add(tx, app, by, new AppEvent.RolloutChanged(after.rollout()));
    }
  }

  private static void putIfResized(
      SortedMap<String, ProcessSize> sizes, String type, Formation before, Formation after) {
    if (!after.size(type).equals(before.size(type))) {
      sizes.put(type, after.size(type));
    }
  }
}
