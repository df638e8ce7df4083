package io.platform.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.commons.database.DatabaseConfig;
import io.platform.domain.App;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.AppLocks.Held;
import io.platform.git.repository.DirectoryRepositories;
import io.platform.git.repository.Quarantine;
import io.platform.persistence.Fixture;
import io.platform.persistence.Postgres;
import io.platform.persistence.TestDatabase;
import io.platform.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two receivers on one PostgreSQL and one directory of repositories. */
class PostgresAppLocksTest {
  private static final byte[] CONTENT = {1, 2, 3};

  /** Ends the connections on which locks are held, as a killed server's end. */
  private static final String END_LOCK_HOLDERS =
      "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks"
          + " WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

  @TempDir Path directory;
  private Fixture first;
  private Fixture second;
  private AppLocks locks;
  private AppLocks others;
  private App app;

  @BeforeEach
  void open() throws Exception {
    first = new Fixture(TestDatabase.POSTGRESQL, directory);
    second = new Fixture(TestDatabase.POSTGRESQL, directory);
    locks = first.stores.appLocks();
    others = second.stores.appLocks();
    app = first.app("shop");
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private void endLockHolders() {
    Postgres.execute(TestDatabase.POSTGRESQL.at(directory), END_LOCK_HOLDERS);
  }

  @Test
  void reachesOtherProcesses() throws Exception {
    try (Held shared = locks.share(app.id())) {
      try (Held shared2 = others.share(app.id())) {
        assertThat(shared.isHeld()).isTrue();
        assertThat(shared2.isHeld()).isTrue();
        assertThat(others.tryAlone(app.id())).isEmpty();
      }
      assertThat(others.tryAlone(app.id())).isEmpty();
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Held alone = others.tryAlone(app.id()).orElseThrow();
      assertThat(locks.tryAlone(app.id())).isEmpty();
      Future<Held> waiting = threads.submit(() -> locks.share(app.id()));
      alone.close();
      assertThat(waiting.get().isHeld()).isTrue();
    }
  }

  @Test
  void needsOneConnectionHoweverManyAppsAreLocked() throws Exception {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      held.add(locks.share(first.app("app" + i).id()));
    }
    assertThat(first.stores.apps().all()).hasSize(21);
    held.forEach(Held::close);
    for (App each : first.stores.apps().all()) {
      assertThat(others.tryAlone(each.id())).isPresent();
    }
  }

  @Test
  void doesNotWaitForARowOfAnotherApp() throws Exception {
    App other = first.app("other");
    DatabaseConfig database = TestDatabase.POSTGRESQL.at(directory);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection writer = DriverManager.getConnection(database.url(), PostgresServer.USER, "");
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("SELECT 1 FROM app WHERE id = '%s' FOR UPDATE".formatted(app.id().value()));
      Future<Optional<Held>> alone = threads.submit(() -> locks.tryAlone(app.id()));
      Awaitility.await().until(() -> isWaitedFor(statement));

      Held shared = threads.submit(() -> locks.share(other.id())).get(20, TimeUnit.SECONDS);
      assertThat(threads.submit(shared::isHeld).get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(alone.isDone()).isFalse();

      writer.rollback();
      assertThat(alone.get()).isPresent();
    }
  }

  private static boolean isWaitedFor(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  @Test
  void isFreeOnceItsHolderHasGone() throws Exception {
    Held shared = locks.share(app.id());
    endLockHolders();
    assertThat(others.tryAlone(app.id())).isPresent();
    assertThat(shared.isHeld()).isFalse();
    shared.close();
  }

  @Test
  void survivesALostConnectionUnlessSomebodyHadTheAppAlone() throws Exception {
    Held shared = locks.share(app.id());
    endLockHolders();
    assertThat(shared.isHeld()).isTrue();
    assertThat(others.tryAlone(app.id())).isEmpty();

    endLockHolders();
    others.tryAlone(app.id()).orElseThrow().close();
    assertThat(shared.isHeld()).isFalse();
    shared.close();
    try (Held alone = locks.tryAlone(app.id()).orElseThrow()) {
      endLockHolders();
      assertThat(alone.isHeld()).isFalse();
    }
    assertThat(locks.share(app.id()).isHeld()).isTrue();
  }

  @Test
  void aReceiverDoesNotSweepOrCollectWhatAnotherReceives() throws Exception {
    try (DirectoryRepositories repositories =
            new DirectoryRepositories(directory, "cluster", locks);
        DirectoryRepositories otherRepositories =
            new DirectoryRepositories(directory, "cluster", others)) {
      try (Quarantine quarantine = repositories.receive(app)) {
        ObjectId received = insert(quarantine);
        assertThat(otherRepositories.sweep(app)).isFalse();
        quarantine.promote();
        otherRepositories.collect(app);
        assertThat(has(repositories, received)).isTrue();
      }
      assertThat(otherRepositories.sweep(app)).isTrue();
    }
  }

  @Test
  void aPushWhoseRepositoryWasCleanedUpMeanwhileIsNotStored() throws Exception {
    try (DirectoryRepositories repositories =
            new DirectoryRepositories(directory, "cluster", locks);
        DirectoryRepositories otherRepositories =
            new DirectoryRepositories(directory, "cluster", others)) {
      try (Quarantine quarantine = repositories.receive(app)) {
        ObjectId received = insert(quarantine);
        endLockHolders();
        otherRepositories.collect(app);
        assertThatThrownBy(quarantine::promote)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("The push has to be made again.");
        assertThat(has(otherRepositories, received)).isFalse();
      }
    }
  }

  @Test
  void twoReceiversMakeARepositoryAtOnce() throws Exception {
    try (DirectoryRepositories repositories =
            new DirectoryRepositories(directory, "cluster", locks);
        DirectoryRepositories otherRepositories =
            new DirectoryRepositories(directory, "cluster", others);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ObjectId> one = threads.submit(() -> received(repositories));
      Future<ObjectId> other = threads.submit(() -> received(otherRepositories));
      assertThat(has(repositories, one.get())).isTrue();
      assertThat(has(repositories, other.get())).isTrue();
      try (Stream<Path> names = Files.list(directory.resolve("cluster/customer/acme"))) {
        assertThat(names.map(path -> path.getFileName().toString())).containsExactly("shop.git");
      }
    }
  }

  private ObjectId received(DirectoryRepositories repositories) throws IOException {
    try (Quarantine quarantine = repositories.receive(app)) {
      ObjectId received = insert(quarantine);
      quarantine.promote();
      return received;
    }
  }

  private static ObjectId insert(Quarantine quarantine) throws IOException {
    try (ObjectInserter inserter = quarantine.repository().newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, CONTENT);
      inserter.flush();
      return id;
    }
  }

  private boolean has(DirectoryRepositories repositories, ObjectId id) throws IOException {
    try (Repository repository = repositories.open(app)) {
      return repository.getObjectDatabase().has(id);
    }
  }
}
