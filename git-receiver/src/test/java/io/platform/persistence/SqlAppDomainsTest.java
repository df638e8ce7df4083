package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.AppDomain;
import io.platform.domain.AppId;
import io.platform.domain.AppPath;
import io.platform.domain.DomainLimits;
import io.platform.domain.DomainName;
import io.platform.domain.MaintenancePage;
import io.platform.domain.RecordedEvent;
import io.platform.domain.port.AppDomains;
import io.platform.domain.port.AppDomains.Added;
import io.platform.domain.port.Maintenance;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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

/** The domains of apps, and their maintenance mode. */
@ParameterizedClass
@EnumSource
class SqlAppDomainsTest {
  private static final String ADA = "ada@example.com";

  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private AppDomains domains;

  SqlAppDomainsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    fixture = new Fixture(database, directory);
    domains = fixture.stores.domains();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private App app(String namespace, String name) throws Exception {
    return fixture
        .stores
        .apps()
        .create("customer", new AppPath(namespace, name), Optional.empty(), ADA);
  }

  private Added add(App app, String name) {
    return domains.add(app.id(), new DomainName(name), new DomainLimits(3), ADA);
  }

  private Optional<AppId> owner(String host) {
    return fixture.stores.apps().findByHost(host).map(App::id);
  }

  @Test
  void leadHostsToTheirAppTheExactNameFirst() throws Exception {
    App shop = app("acme", "shop");
    App blog = app("acme", "blog");
    assertThat(add(shop, "*.example.net")).isEqualTo(Added.ADDED);
    assertThat(add(shop, "example.net")).isEqualTo(Added.ADDED);
    assertThat(add(blog, "blog.example.net")).isEqualTo(Added.ADDED);
    assertThat(add(shop, "example.net")).isEqualTo(Added.KNOWN);
    assertThat(add(blog, "example.net")).isEqualTo(Added.TAKEN);

    assertThat(owner("example.net")).contains(shop.id());
    assertThat(owner("www.example.net")).contains(shop.id());
    assertThat(owner("blog.example.net")).contains(blog.id());
    assertThat(owner("a.b.example.net")).isEmpty();
    assertThat(owner(shop.host())).contains(shop.id());
    assertThat(fixture.read(shop).hosts())
        .containsExactly("*.example.net", "example.net", shop.host());
    assertThat(domains.list(shop.id()))
        .extracting(AppDomain::name)
        .containsExactly(new DomainName("*.example.net"), new DomainName("example.net"));

    assertThat(domains.remove(blog.id(), new DomainName("example.net"), ADA)).isFalse();
    assertThat(domains.remove(shop.id(), new DomainName("*.example.net"), ADA)).isTrue();
    assertThat(owner("www.example.net")).isEmpty();
    assertThat(fixture.stores.events().list(shop.id(), Optional.empty(), 3))
        .extracting(RecordedEvent::event)
        .extracting(Object::toString)
        .containsExactly(
            "DomainRemoved[name=*.example.net]",
            "DomainAdded[name=example.net]",
            "DomainAdded[name=*.example.net]");
  }

  @Test
  void aWildcardAndTheNamesUnderItBelongToOneNamespace() throws Exception {
    App shop = app("acme", "shop");
    App other = app("bar", "shop");
    add(shop, "*.example.net");
    assertThat(add(other, "www.example.net")).isEqualTo(Added.WILDCARD_TAKEN);
    assertThat(add(other, "example.net")).isEqualTo(Added.ADDED);
    assertThat(add(other, "a.b.example.net")).isEqualTo(Added.ADDED);
    add(other, "www.example.org");
    assertThat(add(shop, "*.example.org")).isEqualTo(Added.WILDCARD_TAKEN);
    assertThat(add(shop, "api.example.org")).isEqualTo(Added.ADDED);
    assertThat(add(shop, "x.example.org")).isEqualTo(Added.ADDED);
    assertThat(add(shop, "y.example.org")).isEqualTo(Added.TOO_MANY);
  }

  @Test
  void oneOfAWildcardAndANameUnderItIsFirst() throws Exception {
    App shop = app("acme", "shop");
    App other = app("bar", "shop");
    try (Fixture second = new Fixture(database, directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 10; round++) {
        DomainName wildcard = new DomainName("*.r%d.example".formatted(round));
        DomainName under = new DomainName("www.r%d.example".formatted(round));
        DomainLimits limits = DomainLimits.defaults();
        List<Callable<Added>> both =
            List.of(
                () -> domains.add(shop.id(), wildcard, limits, ADA),
                () -> second.stores.domains().add(other.id(), under, limits, ADA));
        List<Added> results = threads.invokeAll(both).stream().map(Future::resultNow).toList();
        assertThat(results).containsExactlyInAnyOrder(Added.ADDED, Added.WILDCARD_TAKEN);
      }
    }
  }

  @Test
  void anAppInMaintenanceKeepsItsPage() throws Exception {
    App shop = app("acme", "shop");
    Maintenance maintenance = fixture.stores.maintenance();
    assertThat(fixture.read(shop).maintenance()).isFalse();
    MaintenancePage page =
        new MaintenancePage(URI.create("https://example.net/soon.html"), "<h1>Bald wieder da</h1>");
    maintenance.turnOn(shop.id(), Optional.of(page), ADA);
    assertThat(fixture.read(shop).maintenance()).isTrue();
    assertThat(maintenance.page(shop.id())).contains(page);
    maintenance.turnOn(shop.id(), Optional.empty(), ADA);
    assertThat(maintenance.page(shop.id())).isEmpty();
    assertThat(fixture.read(shop).maintenance()).isTrue();
    maintenance.turnOff(shop.id(), ADA);
    maintenance.turnOff(shop.id(), ADA);
    assertThat(fixture.read(shop).maintenance()).isFalse();
    assertThat(fixture.stores.events().since(shop.id(), 1, 10))
        .extracting(event -> event.event().kind().word())
        .containsExactly("maintenance_on", "maintenance_off");
  }
}
