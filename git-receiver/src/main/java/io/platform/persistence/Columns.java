package io.platform.persistence;

import io.platform.domain.PushOption;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Sha256;
import io.platform.domain.StoredObject;
import io.platform.persistence.json.EnumWords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads and writes values of the domain in columns; {@link JsonColumn} has those that are JSON. */
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
    return EnumWords.write(value);
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
}
