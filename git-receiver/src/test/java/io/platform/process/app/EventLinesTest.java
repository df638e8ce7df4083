package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.AppId;
import io.platform.domain.port.Topic;
import io.platform.persistence.Fixture;
import io.platform.persistence.TestDatabase;
import io.platform.process.log.AppLogLimits;
import io.platform.process.log.AppLogs;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventLinesTest {
  @TempDir Path directory;

  @Test
  void forgetsAppsThatAreDestroyed() throws Exception {
    Path root = directory.resolve("logs");
    try (Fixture fixture = new Fixture(TestDatabase.SQLITE, directory);
        AppLogs logs = new AppLogs(root, AppLogLimits.defaults());
        EventLines _ = new EventLines(logs, fixture.stores.events(), fixture.signals)) {
      WeakReference<AppId> gone = signalOf(fixture, "gone");
      App app = fixture.app("shop");
      fixture.stores.events().record(app.id(), Optional.empty(), new AppEvent.MaintenanceOn());
      // The signal before this one has been dealt with when there is a line.
      await().until(() -> Files.exists(logs.directory(app.id()).resolve("last-event")));
      await()
          .until(() -> {
            System.gc();
            return gone.get() == null;
          });
      assertThat(root.toFile().list()).containsExactly(app.id().value());
    }
  }

  private static WeakReference<AppId> signalOf(Fixture fixture, String id) {
    AppId app = new AppId(id);
    fixture.signals.raise(new Topic.AppChanged(app));
    return new WeakReference<>(app);
  }
}
