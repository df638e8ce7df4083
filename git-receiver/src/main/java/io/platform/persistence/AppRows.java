package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.AppLocation;
import io.platform.domain.AppPath;
import io.platform.domain.AppSummary;
import io.platform.domain.DomainName;
import io.platform.domain.ReleaseVersion;
import io.platform.slug.ProcessTypes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reads apps. */
final class AppRows {
  private static final String COLUMNS =
      """
      app.*, route.host,
        (SELECT string_agg(name, ' ') FROM app_domain WHERE app_domain.app_id = app.id) AS domains,
        EXISTS (SELECT 1 FROM app_maintenance WHERE app_maintenance.app_id = app.id) AS maintenance
      """;

  private static final String SELECT =
      "SELECT " + COLUMNS + " FROM app JOIN route ON route.app_id = app.id ";

  private static final String SUMMARY =
      """
      SELECT %s, live.process_types AS live_process_types,
        EXISTS (SELECT 1 FROM build WHERE build.app_id = app.id AND build.settled_at IS NULL)
          AS building,
        EXISTS (SELECT 1 FROM app_release WHERE app_release.app_id = app.id) AS released
      FROM app JOIN route ON route.app_id = app.id
        LEFT JOIN app_release live ON live.app_id = app.id AND live.version = app.live
      """
          .formatted(COLUMNS);

  private AppRows() {}

  static List<App> list(Handle sql, String where, Object... values) {
    return sql.select(SELECT + where, values).map((row, context) -> app(row)).list();
  }

  /** The active apps of namespaces, by name. */
  static List<AppSummary> summaries(Handle sql, Collection<String> namespaces) {
    if (namespaces.isEmpty()) {
      return List.of();
    }
    return sql
        .createQuery(SUMMARY + "WHERE app.namespace IN (<namespaces>) AND app.status = :status")
        .bindList("namespaces", List.copyOf(Set.copyOf(namespaces)))
        .bind("status", Columns.word(App.Status.ACTIVE))
        .map((row, context) -> summary(row))
        .stream()
        .sorted(Comparator.comparing(summary -> summary.app().path()))
        .toList();
  }

  static Optional<AppSummary> summary(Handle sql, AppId id) {
    return sql.createQuery(SUMMARY + "WHERE app.id = :id")
        .bind("id", id.value())
        .map((row, context) -> summary(row))
        .findOne();
  }

  private static AppSummary summary(ResultSet row) throws SQLException {
    ProcessTypes types =
        row.getString("live_process_types") == null
            ? ProcessTypes.none()
            : JsonColumn.PROCESS_TYPES.read(row, "live_process_types");
    return new AppSummary(app(row), types, row.getBoolean("building"), row.getBoolean("released"));
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

  /** Those of the release that is wanted, and those of the live one that it has not. */
  static ProcessTypes processTypes(Handle sql, App app) {
    Map<String, String> commands = new LinkedHashMap<>();
    Stream.of(app.desired(), app.live())
        .flatMap(Optional::stream)
        .flatMap(version -> processTypes(sql, app.id(), version).stream())
        .forEach(types -> types.commands().forEach(commands::putIfAbsent));
    return new ProcessTypes(commands);
  }

  private static Optional<ProcessTypes> processTypes(
      Handle sql, AppId app, ReleaseVersion version) {
    return sql.select(
            "SELECT process_types FROM app_release WHERE app_id = ? AND version = ?",
            app.value(),
            version.number())
        .map(JsonColumn.PROCESS_TYPES)
        .findOne();
  }

  static IllegalArgumentException missing(AppId id) {
    return new IllegalArgumentException("There is no app with the id %s any more.".formatted(id));
  }

  private static SortedSet<DomainName> domains(String names) {
    return Stream.of(names.split(" ", -1))
        .map(DomainName::new)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static App app(ResultSet row) throws SQLException {
    return new App(
        new AppId(row.getString("id")),
        row.getString("customer"),
        new AppPath(row.getString("namespace"), row.getString("name")),
        AppLocation.parse(row.getString("location")),
        Columns.text(row, "deploy_branch"),
        row.getString("host"),
        Columns.text(row, "domains").map(AppRows::domains).orElseGet(TreeSet::new),
        row.getBoolean("maintenance"),
        Columns.version(row, "desired"),
        Columns.version(row, "live"),
        JsonColumn.FORMATION.read(row, "formation"),
        JsonColumn.RESTARTS.read(row, "restarts"),
        JsonColumn.APP_OPTIONS.read(row, "options"),
        JsonColumn.BUILDPACKS.read(row, "buildpacks"),
        Columns.word(App.Status.class, row, "status"),
        Columns.instant(row, "created_at"));
  }
}
