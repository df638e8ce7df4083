package io.platform.commons.database;

import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes connections to a PostgreSQL database. */
final class PostgresDataSource {
  private PostgresDataSource() {}

  /**
   * Connections as the config says.
   *
   * @param program by which the database lists them
   * @param silence how long the database may say nothing before a connection is given up; zero for
   *     as long as it likes
   */
  static DataSource of(DatabaseConfig config, String program, Duration silence) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.url());
    config.user().ifPresent(source::setUser);
    config.password().ifPresent(source::setPassword);
    source.setApplicationName(program);
    source.setTcpKeepAlive(true);
    source.setSocketTimeout((int) silence.toSeconds());
    return source;
  }
}
