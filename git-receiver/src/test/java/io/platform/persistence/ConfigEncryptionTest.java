package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Config;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.signal.LocalSignals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Config vars in the database: encrypted, with keys that can be changed. */
@ParameterizedClass
@EnumSource
class ConfigEncryptionTest {
  private static final String SECRET = "correct-horse-battery";

  private final TestDatabase database;
  @TempDir Path directory;

  ConfigEncryptionTest(TestDatabase database) {
    this.database = database;
  }

  private SqlStores open(String... keys) {
    return SqlStores.open(
        database.at(directory), new LocalSignals(), "example.com", TestConfigKeys.of(keys));
  }

  private Jdbi sql() {
    return Jdbi.create(database.source(database.at(directory)));
  }

  /** Everything that the columns hold. */
  private List<String> stored() {
    return sql()
        .withHandle(sql ->
            Stream.of("app", "app_release")
                .flatMap(table ->
                    sql
                        .createQuery("SELECT config FROM " + table)
                        .mapTo(String.class)
                        .list()
                        .stream())
                .toList());
  }

  /** An app with two releases that have the secret. */
  private App deployed(String name) throws Exception {
    try (Fixture fixture = new Fixture(database, directory)) {
      App app = fixture.app(name);
      fixture.configure(app, "SECRET", SECRET);
      fixture.deployLive(app);
      fixture.configure(app, "OTHER", "x");
      return app;
    }
  }

  private static Map<String, String> vars(SqlStores stores, App app, int release) {
    return stores
        .releases()
        .find(app.id(), new ReleaseVersion(release))
        .map(Release::config)
        .map(Config::vars)
        .orElseThrow();
  }

  @Test
  void theDatabaseHasNoPlainValue() throws Exception {
    App app = deployed("shop");

    assertThat(stored()).hasSize(3).allMatch(it -> it.matches("v1:[0-9a-f]{12}:[A-Za-z0-9+/]+"));
    assertThat(stored()).doesNotHaveDuplicates();
    try (SqlStores stores = open(TestConfigKeys.FIRST)) {
      assertThat(stores.releases().config(app.id()).vars())
          .containsExactlyInAnyOrderEntriesOf(Map.of("SECRET", SECRET, "OTHER", "x"));
      assertThat(vars(stores, app, 1)).containsExactly(Map.entry("SECRET", SECRET));
      assertThat(vars(stores, app, 2)).containsEntry("OTHER", "x");
    }
  }

  @Test
  void aPlainDatabaseIsEncryptedAtStart() throws Exception {
    App app = deployed("shop");
    Config plain = new Config(new TreeMap<>(Map.of("SECRET", SECRET)));
    sql()
        .useHandle(sql -> {
          sql.execute("UPDATE app SET config = ?", JsonColumn.CONFIG.text(plain));
          sql.execute("UPDATE app_release SET config = ?", JsonColumn.CONFIG.text(plain));
        });

    try (SqlStores stores = open(TestConfigKeys.SECOND)) {
      assertThat(stores.releases().config(app.id())).isEqualTo(plain);
      assertThat(vars(stores, app, 2)).isEqualTo(plain.vars());
    }
    assertThat(stored()).allMatch(it -> it.startsWith("v1:"));
    if (database == TestDatabase.SQLITE) {
      assertThat(files()).noneMatch(it -> it.contains(SECRET));
    }
  }

  private List<String> files() throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> paths = files.filter(Files::isRegularFile).toList();
      assertThat(paths).isNotEmpty();
      return paths.stream().map(ConfigEncryptionTest::bytes).toList();
    }
  }

  private static String bytes(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aNewFirstKeyReplacesTheOldOne() throws Exception {
    App app = deployed("shop");
    List<String> before = stored();

    open(TestConfigKeys.SECOND, TestConfigKeys.FIRST).close();

    assertThat(stored()).hasSize(3).doesNotContainAnyElementsOf(before);
    try (SqlStores stores = open(TestConfigKeys.SECOND)) {
      assertThat(stores.releases().config(app.id()).vars()).containsEntry("SECRET", SECRET);
      assertThat(vars(stores, app, 1)).containsEntry("SECRET", SECRET);
    }
    List<String> after = stored();
    open(TestConfigKeys.SECOND).close();
    assertThat(stored()).isEqualTo(after);
  }

  @Test
  void manyRowsAreEncryptedAnew() throws Exception {
    try (Fixture fixture = new Fixture(database, directory)) {
      for (int i = 0; i < 450; i++) {
        fixture.app("app-" + i);
      }
    }
    open(TestConfigKeys.SECOND, TestConfigKeys.FIRST).close();

    try (SqlStores stores = open(TestConfigKeys.SECOND)) {
      assertThat(stores.apps().all()).hasSize(450);
    }
  }

  @Test
  void aMissingKeyIsTold() throws Exception {
    deployed("shop");
    List<String> before = stored();

    assertThatThrownBy(() -> open(TestConfigKeys.SECOND))
        .isInstanceOf(ConfigKeysUnusable.class)
        .hasMessageMatching(
            "The config vars in the database are encrypted with a key that is not in PLATFORM_CONFIG_KEYS: [0-9a-f]{12}\\."
                + " Put the key back from your backup, after the first one, and start again\\.");
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void aValueDoesNotDecryptInAnotherRow() throws Exception {
    App shop = deployed("shop");
    App other = deployed("other");
    sql()
        .useHandle(sql ->
            sql.execute(
                "UPDATE app SET config = (SELECT config FROM app WHERE id = ?) WHERE id = ?",
                shop.id().value(),
                other.id().value()));

    try (SqlStores stores = open(TestConfigKeys.FIRST)) {
      AppId moved = other.id();
      assertThatThrownBy(() -> stores.releases().config(moved))
          .rootCause()
          .isInstanceOf(AEADBadTagException.class);
      assertThat(stores.releases().config(shop.id()).vars()).containsEntry("SECRET", SECRET);
    }
  }

  @Test
  void aPlainValueIsRefusedOnceTheServerRuns() throws Exception {
    App app = deployed("shop");
    try (SqlStores stores = open(TestConfigKeys.FIRST)) {
      sql().useHandle(sql -> sql.execute("UPDATE app SET config = '{\"A\":\"planted\"}'"));

      assertThatThrownBy(() -> stores.releases().config(app.id()))
          .hasRootCauseMessage("it is not encrypted");
    }
  }
}
