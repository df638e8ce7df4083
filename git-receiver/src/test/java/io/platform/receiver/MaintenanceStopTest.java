package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.platform.build.LeaseConfig;
import io.platform.build.maintenance.MaintenanceJob;
import io.platform.build.recovery.AbandonedPushes;
import io.platform.commons.database.DatabaseConfig;
import io.platform.domain.App;
import io.platform.domain.InstanceId;
import io.platform.domain.Origin;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class MaintenanceStopTest {
  @TempDir Path temp;

  private final Logger log = (Logger) LoggerFactory.getLogger(MaintenanceJob.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger removals = (Logger) LoggerFactory.getLogger(AbandonedPushes.class);
  private final ListAppender<ILoggingEvent> removalLog = new ListAppender<>();
  private final CountDownLatch deletes = new CountDownLatch(1);

  @BeforeEach
  void listen() {
    logged.start();
    log.setLevel(Level.INFO);
    log.addAppender(logged);
    removalLog.start();
    removals.setLevel(Level.WARN);
    removals.addAppender(removalLog);
  }

  @AfterEach
  void leave() {
    log.detachAppender(logged);
    log.setLevel(null);
    removals.detachAppender(removalLog);
    removals.setLevel(null);
  }

  @Test
  void aStopDuringMaintenanceSaysInOneLineWhatWasNotFinished() throws Exception {
    try (TestReceiver receiver =
        TestReceiver.sharing(
            temp,
            new TestReceiver.Setup(
                DatabaseConfig.file(temp.resolve("platform.db")),
                this::closedWhileItDeletes,
                SteadyClock.system()))) {
      App app = receiver.app("shop");
      receiver.stores.apps().destroy(app.id());
      receiver.stores.apps().stopped(app.id());
      receiver.real.start();
      deletes.await();
    }

    assertThat(logged.list)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getFormattedMessage())
              .contains("deleting app acme/shop was not finished before the server stopped");
          assertThat(event.getThrowableProxy()).isNull();
        });
  }

  @Test
  void aStopWhileAnAbandonedPushIsRemovedSaysSoInOneLine() throws Exception {
    ManualClock clock = new ManualClock();
    try (TestReceiver receiver =
        TestReceiver.sharing(
            temp,
            new TestReceiver.Setup(
                DatabaseConfig.file(temp.resolve("platform.db")),
                this::closedWhileItDeletes,
                clock))) {
      App app = receiver.app("shop");
      receiver
          .stores
          .builds()
          .open(
              app.id(),
              new Origin.Push(
                  "refs/heads/main", "0".repeat(40), "1".repeat(40), "ada@example.com", Set.of()),
              new InstanceId("killed"));
      receiver.real.start();
      clock.awaitReads(2);
      clock.advance(LeaseConfig.defaults().duration());
      deletes.await();
    }

    assertThat(logged.list)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getFormattedMessage())
              .contains("resuming builds was not finished before the server stopped");
          assertThat(event.getThrowableProxy()).isNull();
        });
    assertThat(removalLog.list).isEmpty();
  }

  private ObjectStore closedWhileItDeletes(ObjectStore store) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("deleteAll")) {
                deletes.countDown();
                awaitStop();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void awaitStop() throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the store is closed", e);
    }
  }
}
