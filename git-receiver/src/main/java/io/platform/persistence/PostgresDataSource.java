package io.platform.persistence;

import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes connections to a PostgreSQL database. */
final class PostgresDataSource {
  private PostgresDataSource() {}

  /**
   * Connections as the config says.
   *
   * @param silence how long the database may say nothing before a connection is given up; zero for
   *     as long as it likes
   */
  static DataSource of(DatabaseConfig config, Duration silence) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.url());
    config.user().ifPresent(source::setUser);
    config.password().ifPresent(source::setPassword);
    source.setApplicationName("platform");
    source.setTcpKeepAlive(true);
    source.setSocketTimeout((int) silence.toSeconds());
    return source;
  }
}
