package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.platform.build.maintenance.MaintenanceJob;
import io.platform.commons.database.DatabaseConfig;
import io.platform.domain.App;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
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
  private final CountDownLatch deletes = new CountDownLatch(1);

  @BeforeEach
  void listen() {
    logged.start();
    log.setLevel(Level.INFO);
    log.addAppender(logged);
  }

  @AfterEach
  void leave() {
    log.detachAppender(logged);
    log.setLevel(null);
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
      throw new IOException("the store is closed", e);
    }
  }
}
