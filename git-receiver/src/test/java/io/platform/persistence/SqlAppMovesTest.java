package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.AppPath;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.DomainLimits;
import io.platform.domain.DomainName;
import io.platform.domain.RecordedEvent;
import io.platform.domain.Release;
import io.platform.domain.port.AppMove;
import io.platform.domain.port.Apps;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Apps get other names and namespaces. */
@ParameterizedClass
@EnumSource
class SqlAppMovesTest {
  private static final String ADA = "ada@example.com";
  private static final AppPath STORE = new AppPath("acme", "store");

  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private Apps apps;

  SqlAppMovesTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    fixture = new Fixture(database, directory);
    apps = fixture.stores.apps();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private AppMove move(App app, AppPath to) throws Exception {
    return apps.move(app.id(), to, "customer", ADA);
  }

  @Test
  void keepAllThatIsTheirs() throws Exception {
    App shop = fixture.app("shop");
    fixture.deployLive(shop);
    fixture.configure(shop, "SECRET", "salt");
    Release second = fixture.stores.releases().desiredState(shop.id()).desired().orElseThrow();
    fixture.stores.releases().rolledOut(shop.id(), second.version(), Fixture.LIVE);
    fixture
        .stores
        .domains()
        .add(shop.id(), new DomainName("www.example.net"), DomainLimits.defaults(), ADA);

    assertThat(move(shop, STORE)).isEqualTo(AppMove.MOVED);
    assertThat(move(shop, STORE)).isEqualTo(AppMove.UNCHANGED);

    App store = apps.find(STORE).orElseThrow();
    assertThat(store.id()).isEqualTo(shop.id());
    assertThat(store.location()).isEqualTo(shop.location());
    assertThat(store.hosts()).containsExactly("store-acme.example.com", "www.example.net");
    assertThat(store.live()).contains(second.version());
    assertThat(fixture.config(store).vars()).isEqualTo(Map.of("SECRET", "salt"));
    assertThat(apps.find(shop.path())).isEmpty();
    assertThat(apps.findByHost(shop.host())).isEmpty();
    assertThat(apps.successor(shop.path())).contains(STORE);
    assertThat(fixture.stores.events().list(shop.id(), Optional.empty(), 1))
        .extracting(RecordedEvent::event)
        .containsExactly(new AppEvent.Renamed(shop.path(), STORE));
  }

  @Test
  void leaveTheirNameToAnAppThatIsKeptElsewhere() throws Exception {
    App first = fixture.app("shop");
    move(first, STORE);
    App second = fixture.app("shop");
    assertThat(second.path()).isEqualTo(first.path());
    assertThat(second.host()).isEqualTo(first.host());
    assertThat(second.location()).isNotEqualTo(first.location());
    assertThat(second.location().name()).isEqualTo("shop-" + second.id());
    assertThat(apps.successor(first.path())).isEmpty();

    assertThatThrownBy(() -> move(first, second.path())).isInstanceOf(Apps.AppExists.class);
    move(second, new AppPath("acme", "other"));
    assertThat(move(first, first.path())).isEqualTo(AppMove.MOVED);
    assertThat(apps.successor(STORE)).contains(first.path());
  }

  @Test
  void keepTheirNameWhileABuildOrARolloutIsUnderWay() throws Exception {
    App shop = fixture.app("shop");
    Build build = fixture.open(shop);
    assertThat(move(shop, STORE)).isEqualTo(AppMove.BUILDING);
    fixture.stores.builds().end(build.id(), new BuildEnd.Canceled(ADA));
    fixture.stores.builds().settle(build.id(), Build.Outcome.ofDeployed());
    Release release = fixture.deploy(shop);
    assertThat(move(shop, STORE)).isEqualTo(AppMove.ROLLING_OUT);
    fixture.stores.releases().rolledOut(shop.id(), release.version(), Fixture.LIVE);
    assertThat(move(shop, STORE)).isEqualTo(AppMove.MOVED);
  }

  @Test
  void takeTheirDomainsToAnotherNamespaceUnlessTheySharesAWildcard() throws Exception {
    App shop = fixture.app("shop");
    App blog = fixture.app("blog");
    AppPath bar = new AppPath("bar", "shop");
    DomainLimits limits = DomainLimits.defaults();
    fixture.stores.domains().add(shop.id(), new DomainName("www.example.net"), limits, ADA);
    fixture.stores.domains().add(blog.id(), new DomainName("*.example.net"), limits, ADA);
    assertThat(apps.move(shop.id(), bar, "other", ADA)).isEqualTo(AppMove.SHARES_DOMAINS);
    assertThat(apps.move(shop.id(), STORE, "customer", ADA)).isEqualTo(AppMove.MOVED);
    fixture.stores.domains().remove(blog.id(), new DomainName("*.example.net"), ADA);
    assertThat(apps.move(shop.id(), bar, "other", ADA)).isEqualTo(AppMove.MOVED);
    assertThat(fixture.read(shop).customer()).isEqualTo("other");
    assertThat(fixture.read(shop).location()).isEqualTo(shop.location());
    assertThat(apps.successor(shop.path())).contains(bar);
    assertThat(fixture.stores.events().list(shop.id(), Optional.empty(), 1))
        .extracting(RecordedEvent::event)
        .containsExactly(new AppEvent.Transferred(STORE, bar));
  }

  @Test
  void oneOfTwoGetsAName() throws Exception {
    App shop = fixture.app("shop");
    App blog = fixture.app("blog");
    try (Fixture second = new Fixture(database, directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 10; round++) {
        AppPath wanted = new AppPath("acme", "name-" + round);
        List<Callable<Boolean>> both =
            List.of(
                () -> isMoved(apps, shop, wanted),
                () -> isMoved(second.stores.apps(), blog, wanted));
        assertThat(threads.invokeAll(both).stream().map(Future::resultNow))
            .containsExactlyInAnyOrder(true, false);
      }
    }
  }

  private static boolean isMoved(Apps apps, App app, AppPath to) {
    try {
      return apps.move(app.id(), to, "customer", ADA) == AppMove.MOVED;
    } catch (Apps.AppExists e) {
      return false;
    }
  }
}
