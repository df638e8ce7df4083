package io.platform.commons.database;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Names the database of a program: an SQLite file or a PostgreSQL server.
 *
 * @param url JDBC URL: {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE}
 * @param user for PostgreSQL, where the URL does not name it
 * @param password for PostgreSQL
 * @param connections how many connections a pool has at most
 */
public record DatabaseConfig(
    String url, Optional<String> user, Optional<String> password, int connections) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRES = "jdbc:postgresql:";

  /** How many connections a pool has at most unless set otherwise. */
  public static final int DEFAULT_CONNECTIONS = 4;

  /** Checks the settings. */
  public DatabaseConfig {
    requireNonNull(url, "url is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    if (connections < 1) {
      throw new IllegalArgumentException("connections is less than 1");
    }
    if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRES)) {
      throw new IllegalArgumentException(
          "The database '%s' is of an unknown kind: use the path of a file, or jdbc:postgresql://HOST/DATABASE."
              .formatted(withoutSecrets(url)));
    }
  }

  /** An SQLite file, made at the first start with mode 0600. */
  public static DatabaseConfig file(Path file) {
    return new DatabaseConfig(
        SQLITE + file.toAbsolutePath(), Optional.empty(), Optional.empty(), DEFAULT_CONNECTIONS);
  }

  /**
   * What a setting names.
   *
   * @param database a JDBC URL, or the path of an SQLite file
   * @throws IllegalArgumentException where the URL is of another kind of database
   */
  public static DatabaseConfig of(
      String database, Optional<String> user, Optional<String> password, int connections) {
    String url =
        database.startsWith("jdbc:") ? database : SQLITE + Path.of(database).toAbsolutePath();
    return new DatabaseConfig(url, user, password, connections);
  }

  /**
   * Whether the database itself carries signals to all processes that have it open; with a file
   * they need another way.
   */
  public boolean carriesSignals() {
    return !isSqlite();
  }

  /** Whether it is a file. */
  public boolean isSqlite() {
    return url.startsWith(SQLITE);
  }

  /** The file of an SQLite database. */
  Path sqliteFile() {
    return Path.of(url.substring(SQLITE.length())).toAbsolutePath();
  }

  /** The file, or the URL without its parameters and without a user's name and password. */
  String shown() {
    return isSqlite() ? sqliteFile().toString() : withoutSecrets(url);
  }

  private static String withoutSecrets(String url) {
    return url.replaceAll("[?;].*", "").replaceAll("//[^/@]*@", "//");
  }

  @Override
  public String toString() {
    return "DatabaseConfig[" + withoutSecrets(url) + "]";
  }
}
