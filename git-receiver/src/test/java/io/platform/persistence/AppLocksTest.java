package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.AppLocks.Held;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class AppLocksTest {
  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private AppLocks locks;
  private App app;

  AppLocksTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(database, directory);
    locks = fixture.stores.appLocks();
    app = fixture.app("shop");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void isSharedByManyOrHeldByOne() throws Exception {
    Held first = locks.share(app.id());
    Held second = locks.share(app.id());
    assertThat(locks.tryAlone(app.id())).isEmpty();
    first.close();
    first.close();
    assertThat(first.isHeld()).isFalse();
    assertThat(second.isHeld()).isTrue();
    assertThat(locks.tryAlone(app.id())).isEmpty();
    second.close();

    try (Held alone = locks.tryAlone(app.id()).orElseThrow()) {
      assertThat(alone.isHeld()).isTrue();
      assertThat(locks.tryAlone(app.id())).isEmpty();
    }
    assertThat(locks.tryAlone(app.id())).isPresent();
  }

  @Test
  void isALockForEachApp() throws Exception {
    App other = fixture.app("blog");
    try (Held alone = locks.tryAlone(app.id()).orElseThrow();
        Held shared = locks.share(other.id())) {
      assertThat(alone.isHeld()).isTrue();
      assertThat(shared.isHeld()).isTrue();
    }
  }

  @Test
  void isSharedAsSoonAsNobodyHasItAlone() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Held alone = locks.tryAlone(app.id()).orElseThrow();
      Future<Held> shared = threads.submit(() -> locks.share(app.id()));
      assertThat(shared.isDone()).isFalse();
      alone.close();
      assertThat(shared.get().isHeld()).isTrue();
    }
  }
}
