package io.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL on a port of loopback, for the tests of this JVM; it is started when the first
 * of them asks for a database, and gone with the JVM, however that ends. Nothing needs to be
 * installed: the binaries are a Maven artifact.
 */
public final class PostgresServer {
  /** Who owns every database; no password is asked for. */
  public static final String USER = "postgres";

  private final AtomicInteger databases = new AtomicInteger();
  private final int port;

  private PostgresServer(int port) {
    this.port = port;
  }

  private static final class OfThisJvm {
    static final PostgresServer SERVER = start();
  }

  /** Makes an empty database, and returns its JDBC URL. */
  public static String newDatabase() {
    return OfThisJvm.SERVER.create();
  }

  /** Runs a statement in a database. */
  public static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url, USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL refused '%s'".formatted(sql), e);
    }
  }

  private String create() {
    String name = "test_" + databases.incrementAndGet();
    execute(url("postgres"), "CREATE DATABASE " + name);
    return url(name);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private static PostgresServer start() {
    try {
      Path directory =
          Files.createTempDirectory(
              "postgres-for-tests",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      PostgresBinaries.unpack(directory);
      return new PostgresServer(new PostgresProcess(directory).start());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("PostgreSQL does not start", e);
    }
  }
}
