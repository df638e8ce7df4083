package io.platform.app.sql;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where the platform's rows are kept.
 *
 * @param url JDBC URL: {@code jdbc:sqlite:FILE}
 * @param readers how many connections read at once; one more writes
 */
public record DatabaseConfig(String url, int readers) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final int DEFAULT_READERS = 4;

  /** Checks the settings. */
  public DatabaseConfig {
    requireNonNull(url, "url is null");
    if (readers < 1) {
      throw new IllegalArgumentException("readers is less than 1");
    }
    if (!url.startsWith(SQLITE)) {
      throw new IllegalArgumentException(
          "The database '%s' is of an unknown kind: use jdbc:sqlite:FILE."
              .formatted(withoutSecrets(url)));
    }
  }

  /** An SQLite file, made at the first start with mode 0600. */
  public static DatabaseConfig file(Path file) {
    return new DatabaseConfig(SQLITE + file.toAbsolutePath(), DEFAULT_READERS);
  }

  Path sqliteFile() {
    return Path.of(url.substring(SQLITE.length())).toAbsolutePath();
  }

  private static String withoutSecrets(String url) {
    return url.replaceAll("[?;].*", "").replaceAll("//[^/@]*@", "//");
  }

  @Override
  public String toString() {
    return "DatabaseConfig[" + withoutSecrets(url) + "]";
  }
}
