package io.platform.commons.database;

import io.platform.commons.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Optional;

/** Reads which database a program uses. */
public final class DatabaseSettings {
  private static final String WANTED = "the path of a file, or jdbc:postgresql://HOST/DATABASE";

  private final SettingsReader settings;
  private final Optional<String> user;
  private final Optional<String> password;
  private final int connections;

  /**
   * Reads the settings beside the database's own.
   *
   * @param prefix before {@code _USER}, {@code _PASSWORD} and {@code _CONNECTIONS}
   */
  public DatabaseSettings(SettingsReader settings, String prefix) {
    this.settings = settings;
    this.user = settings.text(prefix + "_USER");
    this.password = settings.secret(prefix + "_PASSWORD");
    this.connections =
        settings.number(prefix + "_CONNECTIONS", DatabaseConfig.DEFAULT_CONNECTIONS, 1, 1000);
  }

  /** The database that a setting names; without one, the file. */
  public DatabaseConfig read(String name, Path file) {
    DatabaseConfig otherwise = DatabaseConfig.file(file);
    return settings.text(name).map(text -> named(name, text, otherwise)).orElse(otherwise);
  }

  /**
   * The database that a setting names, which must be there.
   *
   * @param example for whoever has not set it
   */
  public DatabaseConfig readRequired(String name, String example) {
    DatabaseConfig otherwise = DatabaseConfig.file(Path.of("unused"));
    return named(name, settings.requiredText(name, example), otherwise);
  }

  private DatabaseConfig named(String name, String text, DatabaseConfig otherwise) {
    try {
      return DatabaseConfig.of(text, user, password, connections);
    } catch (IllegalArgumentException e) {
      settings.wrong(name, WANTED);
      return otherwise;
    }
  }
}
