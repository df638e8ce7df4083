package io.platform.persistence;

import io.platform.domain.port.InstallationSecrets;
import io.platform.persistence.database.TransactionRunner;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

final class SqlInstallationSecrets implements InstallationSecrets {
  private final TransactionRunner database;

  SqlInstallationSecrets(TransactionRunner database) {
    this.database = database;
  }

  @Override
  public String keep(String name, Supplier<String> first) {
    Optional<String> kept = database.read(sql -> find(sql, name));
    return kept.orElseGet(() -> make(name, first.get()));
  }

  private String make(String name, String value) {
    return database.write(tx -> {
      tx.sql()
          .execute(
              "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
              name,
              value);
      return find(tx.sql(), name).orElseThrow();
    });
  }

  private static Optional<String> find(Handle sql, String name) {
    return sql.select("SELECT value FROM setting WHERE name = ?", name)
        .mapTo(String.class)
        .findOne();
  }
}
