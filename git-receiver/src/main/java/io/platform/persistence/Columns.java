package io.platform.persistence;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.Config;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.Formation;
import io.platform.domain.PushOption;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restarts;
import io.platform.domain.Sha256;
import io.platform.domain.StoredObject;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugProblem;
import io.platform.slug.SlugProblemJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How values of the domain look in columns. */
final class Columns {
  private Columns() {}

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static Optional<Integer> number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  static Optional<ReleaseVersion> version(ResultSet row, String column) throws SQLException {
    return number(row, column).map(ReleaseVersion::new);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
  }

  /** From the columns {@code <prefix>_key}, {@code <prefix>_size} and {@code <prefix>_sha256}. */
  static Optional<StoredObject> object(ResultSet row, String prefix) throws SQLException {
    String key = row.getString(prefix + "_key");
    if (key == null) {
      return Optional.empty();
    }
    return Optional.of(
        new StoredObject(
            key, row.getLong(prefix + "_size"), new Sha256(row.getString(prefix + "_sha256"))));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E word(Class<E> type, ResultSet row, String column)
      throws SQLException {
    return Enum.valueOf(type, row.getString(column).toUpperCase(Locale.ROOT));
  }

  static String pushOptions(Set<PushOption> options) {
    return options.stream().map(PushOption::word).sorted().collect(Collectors.joining(" "));
  }

  /** Words that are no option any more mean nothing. */
  static Set<PushOption> pushOptions(ResultSet row, String column) throws SQLException {
    return Stream.of(row.getString(column).split(" ", -1))
        .flatMap(word -> PushOption.of(word).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  static String json(Config config) {
    JsonObject json = new JsonObject();
    config.vars().forEach(json::with);
    return utf8(json);
  }

  static Config config(ResultSet row, String column) throws SQLException {
    try {
      return new Config(new TreeMap<>(parse(row.getString(column)).strings()));
    } catch (BadFormatException e) {
      throw new SQLException("column " + column + " holds no config", e);
    }
  }

  static String json(ProcessTypes types) {
    return utf8(types.toJson());
  }

  static ProcessTypes processTypes(ResultSet row, String column) throws SQLException {
    try {
      return ProcessTypes.from(parse(row.getString(column)));
    } catch (BadFormatException e) {
      throw new SQLException("column " + column + " holds no process types", e);
    }
  }

  static String json(Formation formation) {
    return utf8(FormationJson.write(formation));
  }

  static Formation formation(ResultSet row, String column) throws SQLException {
    try {
      return FormationJson.read(parse(row.getString(column)));
    } catch (BadFormatException e) {
      throw new SQLException("column " + column + " holds no formation", e);
    }
  }

  static String json(Restarts restarts) {
    return utf8(RestartsJson.write(restarts));
  }

  static Restarts restarts(ResultSet row, String column) throws SQLException {
    try {
      return RestartsJson.read(parse(row.getString(column)));
    } catch (BadFormatException e) {
      throw new SQLException("column " + column + " holds no restarts", e);
    }
  }

  static String json(ReleaseCause cause) {
    return utf8(ReleaseCauseJson.write(cause));
  }

  static ReleaseCause releaseCause(ResultSet row, String column) throws SQLException {
    try {
      return ReleaseCauseJson.read(parse(row.getString(column)));
    } catch (BadFormatException e) {
      throw new SQLException("column " + column + " holds no cause of a release", e);
    }
  }

  static String json(BuildFailureCause cause) {
    return utf8(BuildFailureCauseJson.write(cause));
  }

  static Optional<BuildFailureCause> buildFailure(ResultSet row, String column)
      throws SQLException {
    String json = row.getString(column);
    try {
      return json == null ? Optional.empty() : Optional.of(BuildFailureCauseJson.read(parse(json)));
    } catch (BadFormatException e) {
      throw new SQLException("column " + column + " holds no cause of a build's failure", e);
    }
  }

  static String json(ReleaseFailureCause cause) {
    return utf8(ReleaseFailureCauseJson.write(cause));
  }

  static Optional<ReleaseFailureCause> releaseFailure(ResultSet row, String column)
      throws SQLException {
    String json = row.getString(column);
    try {
      return json == null
          ? Optional.empty()
          : Optional.of(ReleaseFailureCauseJson.read(parse(json)));
    } catch (BadFormatException e) {
      throw new SQLException("column " + column + " holds no cause of a release's failure", e);
    }
  }

  static String json(DeployFailureCause cause) {
    return utf8(DeployFailureCauseJson.write(cause));
  }

  static Optional<DeployFailureCause> deployFailure(ResultSet row, String column)
      throws SQLException {
    String json = row.getString(column);
    try {
      return json == null
          ? Optional.empty()
          : Optional.of(DeployFailureCauseJson.read(parse(json)));
    } catch (BadFormatException e) {
      throw new SQLException("column " + column + " holds no cause of a deploy's failure", e);
    }
  }

  static String json(SlugProblem problem) {
    return utf8(SlugProblemJson.write(problem));
  }

  static Optional<SlugProblem> slugProblem(ResultSet row, String column) throws SQLException {
    String json = row.getString(column);
    try {
      return json == null ? Optional.empty() : Optional.of(SlugProblemJson.read(parse(json)));
    } catch (BadFormatException e) {
      throw new SQLException("column " + column + " holds no problem with a slug", e);
    }
  }

  private static JsonObject parse(String json) throws BadFormatException {
    return JsonObject.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String utf8(JsonObject json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }
}
