package io.platform.persistence;

import io.platform.domain.AppOptions;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.Config;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.Formation;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.Restarts;
import io.platform.persistence.json.AppOptionsJson;
import io.platform.persistence.json.BuildFailureCauseJson;
import io.platform.persistence.json.BuildpacksJson;
import io.platform.persistence.json.DeployFailureCauseJson;
import io.platform.persistence.json.FormationJson;
import io.platform.persistence.json.ReleaseCauseJson;
import io.platform.persistence.json.ReleaseFailureCauseJson;
import io.platform.persistence.json.RestartsJson;
import io.platform.slug.AppJson;
import io.platform.slug.BadFormatException;
import io.platform.slug.BuildpackReference;
import io.platform.slug.JsonObject;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugProblem;
import io.platform.slug.SlugProblemJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A value of the domain that a column holds as JSON.
 *
 * @param kind of value, for the message about a column that holds none
 */
record JsonColumn<T>(String kind, Writer<T> writer, Reader<T> reader) implements ColumnMapper<T> {
  static final JsonColumn<Config> CONFIG =
      new JsonColumn<>("config", JsonColumn::write, JsonColumn::readConfig);
  static final JsonColumn<ProcessTypes> PROCESS_TYPES =
      new JsonColumn<>("process types", ProcessTypes::toJson, ProcessTypes::from);
  static final JsonColumn<AppJson> APP_JSON =
      new JsonColumn<>("content of an app.json", AppJson::toJson, AppJson::from);
  static final JsonColumn<Formation> FORMATION =
      new JsonColumn<>("formation", FormationJson::write, FormationJson::read);
  static final JsonColumn<Restarts> RESTARTS =
      new JsonColumn<>("restarts", RestartsJson::write, RestartsJson::read);
  static final JsonColumn<AppOptions> APP_OPTIONS =
      new JsonColumn<>("options of an app", AppOptionsJson::write, AppOptionsJson::read);
  static final JsonColumn<List<BuildpackReference>> BUILDPACKS =
      new JsonColumn<>("buildpacks of an app", BuildpacksJson::write, BuildpacksJson::read);
  static final JsonColumn<ReleaseCause> RELEASE_CAUSE =
      new JsonColumn<>("cause of a release", ReleaseCauseJson::write, ReleaseCauseJson::read);
  static final JsonColumn<BuildFailureCause> BUILD_FAILURE =
      new JsonColumn<>(
          "cause of a build's failure", BuildFailureCauseJson::write, BuildFailureCauseJson::read);
  static final JsonColumn<ReleaseFailureCause> RELEASE_FAILURE =
      new JsonColumn<>(
          "cause of a release's failure",
          ReleaseFailureCauseJson::write,
          ReleaseFailureCauseJson::read);
  static final JsonColumn<DeployFailureCause> DEPLOY_FAILURE =
      new JsonColumn<>(
          "cause of a deploy's failure",
          DeployFailureCauseJson::write,
          DeployFailureCauseJson::read);
  static final JsonColumn<SlugProblem> SLUG_PROBLEM =
      new JsonColumn<>("problem with a slug", SlugProblemJson::write, SlugProblemJson::read);

  interface Writer<T> {
    JsonObject write(T value);
  }

  interface Reader<T> {
    T read(JsonObject json) throws BadFormatException;
  }

  String text(T value) {
    return new String(writer.write(value).toBytes(), StandardCharsets.UTF_8);
  }

  T read(ResultSet row, String column) throws SQLException {
    return parse(row.getString(column));
  }

  /** Empty where the column is null. */
  Optional<T> find(ResultSet row, String column) throws SQLException {
    String json = row.getString(column);
    return json == null ? Optional.empty() : Optional.of(parse(json));
  }

  @Override
  public @Nullable T map(ResultSet row, int column, StatementContext context) throws SQLException {
    String json = row.getString(column);
    return json == null ? null : parse(json);
  }

  T parse(String json) throws SQLException {
    try {
      return reader.read(JsonObject.parse(json.getBytes(StandardCharsets.UTF_8)));
    } catch (BadFormatException e) {
      throw new SQLException("a column holds no " + kind, e);
    }
  }

  private static JsonObject write(Config config) {
    JsonObject json = new JsonObject();
    config.vars().forEach(json::with);
    return json;
  }

  private static Config readConfig(JsonObject json) throws BadFormatException {
    return new Config(new TreeMap<>(json.strings()));
  }
}
