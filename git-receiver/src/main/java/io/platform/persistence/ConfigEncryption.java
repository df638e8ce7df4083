package io.platform.persistence;

import io.platform.domain.AppId;
import io.platform.domain.DrainId;
import io.platform.domain.ReleaseId;
import io.platform.persistence.database.Transaction;
import io.platform.persistence.database.TransactionRunner;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the encryption of config vars when a program starts: refuses keys that do not match the
 * database, and encrypts values with the first key that are plain or were encrypted with another
 * one. So an old key is not needed any more once a program has started with a new one before it.
 */
final class ConfigEncryption {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigEncryption.class);

  /** Rows of one transaction: few enough that other programs on the file wait only briefly. */
  private static final int ROWS_AT_ONCE = 200;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("app", "config", "id", (app, id) -> ConfigColumns.place(app)),
          new Column(
              "app_release",
              "config",
              "app_id",
              (app, id) -> ConfigColumns.place(app, new ReleaseId(id))),
          new Column(
              "log_drain", "url", "app_id", (app, id) -> ConfigColumns.place(app, new DrainId(id))),
          new Column(
              "app_certificate", "private_key", "app_id", ConfigColumns::placeOfCertificate));

  private final TransactionRunner database;
  private final ConfigCipher cipher;
  private int encrypted;
  private boolean hadPlain;

  private ConfigEncryption(TransactionRunner database, ConfigCipher cipher) {
    this.database = database;
    this.cipher = cipher;
  }

  /**
   * A column that is encrypted.
   *
   * @param app the column with the app's id
   * @param place of a value, by the app and the row's id
   */
  private record Column(
      String table, String name, String app, BiFunction<AppId, String, String> place) {}

  private record Row(String id, AppId app, String value) {}

  /**
   * The cipher for all that is stored.
   *
   * @throws ConfigKeysUnusable where a key is missing
   */
  static ConfigCipher open(TransactionRunner database, ConfigKeySource source) {
    NavigableSet<String> used = usedKeys(database);
    ConfigKeys keys = source.keys(!used.isEmpty());
    List<String> missing = used.stream().filter(id -> keys.find(id).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new ConfigKeysUnusable(
          "The config vars in the database are encrypted with a key that is not in %s: %s. Put the key back from your backup, after the first one, and start again."
              .formatted(source.place(), String.join(", ", missing)));
    }
    ConfigCipher cipher = new ConfigCipher(keys);
    new ConfigEncryption(database, cipher).run(keys);
    return cipher;
  }

  private static NavigableSet<String> usedKeys(TransactionRunner database) {
    NavigableSet<String> used = new TreeSet<>();
    for (Column column : COLUMNS) {
      database
          .read(sql ->
              sql.select(
                      "SELECT DISTINCT substr(%1$s, 1, ?) FROM %2$s WHERE %1$s LIKE ?"
                          .formatted(column.name(), column.table()),
                      ConfigCipher.PREFIX_LENGTH,
                      ConfigCipher.VERSION + "%")
                  .mapTo(String.class)
                  .list())
          .forEach(prefix -> ConfigCipher.keyId(prefix).ifPresent(used::add));
    }
    return used;
  }

  private void run(ConfigKeys keys) {
    COLUMNS.forEach(this::encrypt);
    if (hadPlain) {
      database.purge();
    }
    if (encrypted > 0) {
      LOG.info(
          "encrypted the config of {} apps and releases, URLs of their drains, or keys of certificates",
          encrypted);
    }
    if (!keys.others().isEmpty()) {
      LOG.info(
          "all config is encrypted with key {}; these keys are not needed any more: {}",
          keys.first().id(),
          String.join(", ", keys.others()));
    }
  }

  private void encrypt(Column column) {
    String last = "";
    while (true) {
      List<Row> rows = next(column, last);
      if (rows.isEmpty()) {
        return;
      }
      encrypted +=
          database.write(tx -> rows.stream().mapToInt(row -> encrypt(tx, column, row)).sum());
      last = rows.getLast().id();
    }
  }

  private List<Row> next(Column column, String last) {
    return database.read(sql ->
        sql.select(
                "SELECT id, %1$s AS app, %2$s AS value FROM %3$s WHERE id > ? AND substr(%2$s, 1, ?) <> ? ORDER BY id LIMIT ?"
                    .formatted(column.app(), column.name(), column.table()),
                last,
                ConfigCipher.PREFIX_LENGTH,
                cipher.prefix(),
                ROWS_AT_ONCE)
            .map((row, context) ->
                new Row(
                    row.getString("id"), new AppId(row.getString("app")), row.getString("value")))
            .list());
  }

  /** A row that another program changes at the same time is left to it. */
  private int encrypt(Transaction tx, Column column, Row row) {
    String place = column.place().apply(row.app(), row.id());
    return plain(place, row)
        .map(text ->
            tx.sql()
                .execute(
                    "UPDATE %1$s SET %2$s = ? WHERE id = ? AND %2$s = ?"
                        .formatted(column.table(), column.name()),
                    cipher.encrypt(place, text),
                    row.id(),
                    row.value()))
        .orElse(0);
  }

  private Optional<String> plain(String place, Row row) {
    if (ConfigCipher.keyId(row.value()).isEmpty()) {
      hadPlain = true;
      return Optional.of(row.value());
    }
    try {
      return Optional.of(cipher.decrypt(place, row.value()));
    } catch (GeneralSecurityException e) {
      LOG.error(
          "{} cannot be decrypted, because the row was changed from outside: put it back from a backup",
          place,
          e);
      return Optional.empty();
    }
  }
}
