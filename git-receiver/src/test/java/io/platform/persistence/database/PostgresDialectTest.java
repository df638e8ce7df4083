package io.platform.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.database.PoolObserver;
import io.platform.commons.database.PostgresEngine;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildStatus;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.port.Topic;
import io.platform.persistence.Fixture;
import io.platform.persistence.Postgres;
import io.platform.persistence.SqlStores;
import io.platform.persistence.TestDatabase;
import io.platform.signal.LocalSignals;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The features that only a database server has: signals to other processes, locks on rows, lost
 * connections.
 */
class PostgresDialectTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path directory;
  private DatabaseConfig config;
  private Fixture fixture;
  private Fixture other;
  private App app;

  @BeforeEach
  void open() throws Exception {
    config = TestDatabase.POSTGRESQL.at(directory);
    fixture = new Fixture(TestDatabase.POSTGRESQL, directory);
    other = new Fixture(TestDatabase.POSTGRESQL, directory);
    app = fixture.app("shop");
  }

  @AfterEach
  void close() {
    other.close();
    fixture.close();
  }

  /** What a process hears from now on: not the echo of what this test began with. */
  private BlockingQueue<Topic> heardBy(Fixture process) throws Exception {
    BlockingQueue<Topic> heard = new LinkedBlockingQueue<>();
    process.signals.listen(heard::add);
    Topic last = new Topic.AppChanged(fixture.app("last").id());
    while (!next(heard).equals(last)) {
      // The order is that of the commits.
    }
    return heard;
  }

  private static Topic next(BlockingQueue<Topic> heard) throws InterruptedException {
    Topic topic = heard.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(topic).isNotNull();
    return topic;
  }

  @Test
  void aChangeWakesTheOtherProcess() throws Exception {
    Build build = fixture.open(app);
    BlockingQueue<Topic> there = heardBy(other);
    BlockingQueue<Topic> here = new LinkedBlockingQueue<>();
    fixture.signals.listen(here::add);

    fixture.stores.buildLog().append(build.id(), "a", "1", "line");
    assertThat(next(there)).isEqualTo(new Topic.BuildChanged(build.id()));
    other.stores.apps().destroy(app.id());
    assertThat(next(there)).isEqualTo(new Topic.AppChanged(app.id()));

    assertThat(next(here)).isEqualTo(new Topic.BuildChanged(build.id()));
    assertThat(next(here)).isEqualTo(new Topic.AppChanged(app.id()));
    assertThat(here).isEmpty();
    assertThat(there).isEmpty();
  }

  @Test
  void whatIsRolledBackWakesNobody() throws Exception {
    BlockingQueue<Topic> there = heardBy(other);
    try (Dialect dialect = SqlStores.engine(config, fixture.signals);
        TransactionRunner raw = new TransactionRunner(dialect, fixture.signals)) {
      assertThatThrownBy(() ->
              raw.write(tx -> {
                tx.changed(app.id());
                dialect.announce(tx.sql(), tx.raised());
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");
    }
    Build build = fixture.open(app);
    assertThat(next(there)).isEqualTo(new Topic.BuildChanged(build.id()));
  }

  @Test
  void everybodyIsWokenWhenSignalsMayHaveBeenLost() throws Exception {
    Build build = fixture.open(app);
    BlockingQueue<Topic> there = heardBy(other);
    var ticket = other.signals.ticket(new Topic.AppChanged(app.id()));
    killConnections();
    assertThat(next(there)).isEqualTo(new Topic.Anything());
    assertThat(ticket.await(Duration.ZERO)).isTrue();

    fixture.stores.builds().end(build.id(), new BuildEnd.Canceled("ada@example.com"));
    assertThat(next(there)).isEqualTo(new Topic.BuildChanged(build.id()));
  }

  @Test
  void goesOnWhenConnectionsWereLost() throws Exception {
    for (int i = 0; i < 5; i++) {
      Build build = fixture.open(app);
      killConnections();
      fixture.stores.builds().end(build.id(), new BuildEnd.Canceled("ada@example.com"));
      killConnections();
      assertThat(fixture.stores.builds().find(build.id()).orElseThrow().status())
          .isEqualTo(BuildStatus.CANCELED);
      fixture
          .stores
          .builds()
          .settle(
              build.id(),
              Build.Outcome.rejected(new DeployFailureCause.StoredSentence("canceled")));
    }
  }

  private void killConnections() {
    Postgres.execute(
        config,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  @Test
  void whoLosesADeadlockIsRunAgain() throws Exception {
    App second = fixture.app("second");
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    AtomicInteger runs = new AtomicInteger();
    try (Dialect dialect = SqlStores.engine(config, fixture.signals);
        TransactionRunner raw = new TransactionRunner(dialect, fixture.signals);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> both = new ArrayList<>();
      for (List<App> order : List.of(List.of(app, second), List.of(second, app))) {
        both.add(
            threads.submit(() ->
                raw.<Boolean, InterruptedException>write(tx -> {
                  runs.incrementAndGet();
                  tx.lock(order.getFirst().id());
                  bothHoldOne.countDown();
                  bothHoldOne.await();
                  tx.lock(order.getLast().id());
                  return true;
                })));
      }
      for (Future<Boolean> each : both) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(runs.get()).isGreaterThan(2);
  }

  @Test
  void aLockedAppHoldsUpNoOther() throws Exception {
    App second = fixture.app("second");
    try (Dialect dialect = SqlStores.engine(config, fixture.signals);
        TransactionRunner raw = new TransactionRunner(dialect, fixture.signals)) {
      Build build =
          raw.<Build, Exception>write(tx -> {
            tx.lock(app.id());
            return other.open(second);
          });
      assertThat(build.app()).isEqualTo(second.id());
    }
  }

  @Test
  void takesWhatPostgresHasNoTextFor() throws Exception {
    Build build = fixture.open(app);
    fixture
        .stores
        .builds()
        .end(build.id(), new BuildEnd.Failed(new BuildFailureCause.StoredSentence("a\0b")));
    assertThat(fixture.stores.builds().find(build.id()).orElseThrow().failure())
        .contains(new BuildFailureCause.StoredSentence("a\0b"));
  }

  @Test
  void saysWhatIsWrongWithoutThePassword() {
    DatabaseConfig wrong =
        DatabaseConfig.of(
            "jdbc:postgresql://127.0.0.1:1/platform?ssl=false&password=hidden1",
            Optional.of("platform"),
            Optional.of("hidden2"),
            1);
    PostgresEngine engine =
        PostgresEngine.of(wrong, "platform", PoolObserver.NONE, Duration.ofMillis(1));
    assertThatThrownBy(() -> PostgresDialect.open(engine, wrong, new LocalSignals()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(
            "The database jdbc:postgresql://127.0.0.1:1/platform cannot be opened")
        .hasMessageNotContaining("hidden");
    assertThat(wrong.toString()).doesNotContain("hidden");
  }

  @Test
  void saysThatItsHostIsUnknown() {
    DatabaseConfig unknown =
        DatabaseConfig.of(
            "jdbc:postgresql://nowhere.invalid/platform", Optional.empty(), Optional.empty(), 1);
    PostgresEngine engine =
        PostgresEngine.of(unknown, "platform", PoolObserver.NONE, Duration.ofMillis(1));
    assertThatThrownBy(() -> PostgresDialect.open(engine, unknown, new LocalSignals()))
        .hasMessageContaining("the host name nowhere.invalid is unknown");
  }
}
