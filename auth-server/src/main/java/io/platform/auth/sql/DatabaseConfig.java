package io.platform.auth.sql;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where accounts, tokens and keys are kept. The database is the auth server's own: no other program
 * writes to it.
 *
 * @param url JDBC URL, {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://…}
 * @param user for databases that ask for one
 * @param password for databases that ask for one
 * @param connections how many connections are kept at most
 */
public record DatabaseConfig(
    String url, Optional<String> user, Optional<String> password, int connections) {

  public static final int DEFAULT_CONNECTIONS = 4;

  public DatabaseConfig {
    requireNonNull(url, "url is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    if (connections < 1) {
      throw new IllegalArgumentException("connections is less than 1");
    }
  }

  /** A file of its own, made at the first start with mode 0600. */
  public static DatabaseConfig file(Path file) {
    return new DatabaseConfig(
        "jdbc:sqlite:" + file.toAbsolutePath(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_CONNECTIONS);
  }

  boolean isSqlite() {
    return url.startsWith("jdbc:sqlite:");
  }

  /** The URL without what may be secret: its parameters, and a user's name and password. */
  String shown() {
    return url.replaceAll("[?;].*", "").replaceAll("//[^/@]*@", "//");
  }

  @Override
  public String toString() {
    return "DatabaseConfig[" + shown() + "]";
  }
}
