package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.DrainLimits;
import io.platform.domain.DrainUrl;
import io.platform.domain.InstanceId;
import io.platform.domain.LogDrain;
import io.platform.domain.LogPosition;
import io.platform.domain.port.LogDrains;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlLogDrainsTest {
  private static final String SECRET = "https://ada:correct-horse@logs.example.com/in";
  private static final InstanceId FIRST = new InstanceId("first");
  private static final InstanceId SECOND = new InstanceId("second");

  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private LogDrains drains;
  private App app;

  private static Instant later() {
    return Instant.now().plusSeconds(3600);
  }

  SqlLogDrainsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(database, directory);
    drains = fixture.stores.drains();
    app = fixture.app("shop");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private LogDrains.Added add(App to, String url) throws Exception {
    return drains.add(to.id(), DrainUrl.parse(url), "ada@example.com", DrainLimits.defaults());
  }

  private LogDrain added(App to, String url) throws Exception {
    return ((LogDrains.Added.Drain) add(to, url)).drain();
  }

  @Test
  void addsEachUrlOnceUpToTheLimit() throws Exception {
    LogDrain first = added(app, SECRET);
    assertThat(drains.of(app.id())).containsExactly(first);
    assertThat(first.progress()).isEqualTo(LogDrain.Progress.NONE);
    assertThat(add(app, SECRET)).isEqualTo(new LogDrains.Added.Exists(first));
    for (int port = 1; port < DrainLimits.defaults().perApp(); port++) {
      added(app, "syslog://logs.example.com:" + port);
    }
    assertThat(add(app, "https://more.example.com")).isInstanceOf(LogDrains.Added.TooMany.class);
    assertThat(drains.of(app.id())).hasSize(5).startsWith(first);
    added(fixture.app("other"), SECRET);

    assertThat(drains.remove(app.id(), first.id())).isTrue();
    assertThat(drains.remove(app.id(), first.id())).isFalse();
    assertThat(drains.of(app.id())).hasSize(4).doesNotContain(first);
  }

  @Test
  void keepsUrlsEncryptedAlsoWithANewKey() throws Exception {
    added(app, SECRET);
    String before = stored();
    assertThat(before).matches("v1:[0-9a-f]{12}:[A-Za-z0-9+/]+");
    fixture.close();

    try (SqlStores stores =
        SqlStores.open(
            database.at(directory),
            fixture.signals,
            "example.com",
            TestConfigKeys.of(TestConfigKeys.SECOND, TestConfigKeys.FIRST))) {
      assertThat(stores.drains().of(app.id()).getFirst().url().reveal()).isEqualTo(SECRET);
    }
    assertThat(stored()).startsWith("v1:").isNotEqualTo(before);
    assertThat(stored().substring(0, 15)).isNotEqualTo(before.substring(0, 15));
  }

  private String stored() {
    return Jdbi.create(database.source(database.at(directory)))
        .withHandle(sql -> sql.createQuery("SELECT url FROM log_drain").mapTo(String.class).one());
  }

  @Test
  void aDrainHasOneOwnerUntilTheClaimEnds() throws Exception {
    assertThat(drains.claim(FIRST, later(), false)).isEmpty();
    LogDrain drain = added(app, SECRET);
    assertThat(drains.claim(FIRST, later(), false)).containsExactly(drain);
    assertThat(drains.claim(SECOND, later(), false)).isEmpty();

    LogDrain.Progress progress =
        new LogDrain.Progress(
            Optional.of(new LogPosition("7")),
            5,
            2,
            1,
            Optional.of(Instant.ofEpochMilli(1_000)),
            Optional.of("It is closed."));
    drains.report(FIRST, Map.of(drain.id(), progress));
    drains.report(SECOND, Map.of(drain.id(), LogDrain.Progress.NONE));
    assertThat(drains.of(app.id()).getFirst().progress()).isEqualTo(progress);

    drains.claim(FIRST, Instant.EPOCH, false);
    assertThat(drains.claim(SECOND, later(), false))
        .extracting(LogDrain::progress)
        .containsExactly(progress);
    drains.release(FIRST, List.of(drain.id()));
    assertThat(drains.claim(FIRST, later(), false)).isEmpty();
    drains.release(SECOND, List.of(drain.id()));
    assertThat(drains.claim(FIRST, later(), false)).hasSize(1);
    assertThat(drains.claim(SECOND, later(), true)).hasSize(1);
  }

  @Test
  void anAppThatIsDestroyedHasNone() throws Exception {
    added(app, SECRET);
    fixture.stores.apps().destroy(app.id());
    assertThat(drains.claim(FIRST, later(), true)).isEmpty();
    fixture.stores.apps().stopped(app.id());
    fixture.stores.apps().delete(app.id());
    assertThat(drains.of(app.id())).isEmpty();
  }
}
