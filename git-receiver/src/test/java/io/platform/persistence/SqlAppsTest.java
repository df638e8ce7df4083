package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.AppPath;
import io.platform.domain.AppSummary;
import io.platform.domain.Formation;
import io.platform.domain.FormationChange;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessSize;
import io.platform.domain.Restart;
import io.platform.domain.Restarts;
import io.platform.domain.Scale;
import io.platform.domain.ScaleLimits;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Apps.AppExists;
import io.platform.domain.port.Topic;
import io.platform.slug.BuildpackReference;
import io.platform.slug.ProcessTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlAppsTest {
  private static final String USER = "ada@example.com";

  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private Apps apps;

  SqlAppsTest(TestDatabase database) {
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

  private App create(String namespace, String name) throws AppExists {
    return apps.create("customer", new AppPath(namespace, name), Optional.empty(), USER);
  }

  @Test
  void listsAppsWithOneQueryHoweverManyThereAre() throws Exception {
    List<String> queries = new ArrayList<>();
    Jdbi jdbi = Jdbi.create(database.source(database.at(directory)));
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logAfterExecution(StatementContext context) {
            queries.add(context.getRenderedSql());
          }
        });
    for (int i = 1; i <= 3; i++) {
      fixture.deploy(create("acme", "shop-" + i));
      queries.clear();

      List<AppSummary> listed = jdbi.withHandle(sql -> AppRows.summaries(sql, List.of("acme")));

      assertThat(listed).hasSize(i);
      assertThat(queries).hasSize(1);
    }
  }

  @Test
  void findsWhatItMade() throws Exception {
    App app =
        apps.create("customer", new AppPath("acme", "shop"), Optional.of("refs/heads/live"), USER);
    assertThat(app.host()).isEqualTo("shop-acme.example.com");
    assertThat(app.status()).isEqualTo(App.Status.ACTIVE);
    assertThat(apps.find(new AppPath("acme", "shop"))).contains(app);
    assertThat(apps.find(app.id())).contains(app);
    assertThat(apps.findByHost("shop-acme.example.com")).contains(app);
    assertThat(apps.findByHost("other.example.com")).isEmpty();
    assertThat(apps.settleDeployBranch(app.id(), "refs/heads/main")).isEqualTo("refs/heads/live");
  }

  @Test
  void keepsTheBuildpacksThatSeveralChooseAtOnce() throws Exception {
    App app = create("acme", "shop");
    assertThat(app.buildpacks()).isEmpty();
    List<BuildpackReference> all =
        IntStream.range(0, 8).mapToObj(i -> BuildpackReference.of("./" + i)).toList();
    try (ExecutorService users = Executors.newFixedThreadPool(all.size())) {
      List<Callable<List<BuildpackReference>>> choices =
          all.stream().map(added -> addition(app, added)).toList();
      for (Future<List<BuildpackReference>> choice : users.invokeAll(choices)) {
        choice.get();
      }
    }

    assertThat(apps.find(app.id()).orElseThrow().buildpacks())
        .containsExactlyInAnyOrderElementsOf(all);
    assertThat(apps.find(create("acme", "other").id()).orElseThrow().buildpacks()).isEmpty();
  }

  private Callable<List<BuildpackReference>> addition(App app, BuildpackReference added) {
    return () ->
        apps.buildpacks(
            app.id(), now -> Stream.concat(now.stream(), Stream.of(added)).toList(), USER);
  }

  @Test
  void theFirstBranchHolds() throws Exception {
    App app = create("acme", "shop");
    assertThat(apps.settleDeployBranch(app.id(), "refs/heads/main")).isEqualTo("refs/heads/main");
    assertThat(apps.settleDeployBranch(app.id(), "refs/heads/master")).isEqualTo("refs/heads/main");
  }

  @Test
  void hostsAreUnique() throws Exception {
    assertThat(create("c", "a-b").host()).isEqualTo("a-b-c.example.com");
    assertThat(create("b-c", "a").host()).isEqualTo("a-b-c-2.example.com");
    assertThat(create("c-2", "a-b").host()).isEqualTo("a-b-c-2-2.example.com");
    App long1 = create("a".repeat(30), "b".repeat(28) + "-c");
    assertThat(long1.host().indexOf('.')).isLessThanOrEqualTo(63);
  }

  @Test
  void aNameIsTakenOnce() throws Exception {
    create("acme", "shop");
    assertThatThrownBy(() -> create("acme", "shop"))
        .isInstanceOfSatisfying(AppExists.class, e -> assertThat(e.isDestroying()).isFalse());
    assertThat(create("other", "shop").path().toString()).isEqualTo("other/shop");
  }

  @Test
  void oneOfManyCreatesInTwoProcessesWins() throws Exception {
    try (Fixture other = new Fixture(database, directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> creates = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Apps mine = (i % 2 == 0 ? fixture : other).stores.apps();
        creates.add(() -> creates(mine));
      }
      int won = 0;
      for (Future<Boolean> create : threads.invokeAll(creates)) {
        won += create.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  private static boolean creates(Apps apps) {
    try {
      apps.create("customer", new AppPath("acme", "shop"), Optional.empty(), USER);
      return true;
    } catch (AppExists e) {
      return false;
    }
  }

  @Test
  void listsTheAppsOfNamespaces() throws Exception {
    create("b", "two");
    create("b", "one");
    create("a", "three");
    create("c", "four");
    assertThat(apps.list(List.of("b", "a", "none", "b")))
        .extracting(summary -> summary.app().path().toString())
        .containsExactly("a/three", "b/one", "b/two");
    assertThat(apps.list(List.of())).isEmpty();
    assertThat(apps.all()).hasSize(4);
  }

  @Test
  void saysOfEachAppWhatItsStateDependsOn() throws Exception {
    App idle = create("acme", "idle");
    App building = create("acme", "building");
    fixture.open(building);
    App live = create("acme", "live");
    fixture.deployLive(live);
    assertThat(apps.list(List.of("acme")))
        .containsExactly(
            new AppSummary(building, ProcessTypes.none(), true, false),
            new AppSummary(idle, ProcessTypes.none(), false, false),
            new AppSummary(apps.find(live.id()).orElseThrow(), Fixture.WEB, false, true));
    assertThat(apps.summary(live.id()).orElseThrow().types()).isEqualTo(Fixture.WEB);
    assertThat(apps.summary(new AppId("none"))).isEmpty();
  }

  @Test
  void aDestroyedAppKeepsItsNameUntilAllIsGone() throws Exception {
    App app = create("acme", "shop");
    fixture.deployLive(app);
    fixture.stores.buildLog().append(fixture.open(app).id(), "a", "1", "line");
    apps.delete(app.id());
    apps.stopped(app.id());
    assertThat(apps.find(app.path())).isPresent();

    var ticket = fixture.signals.ticket(new Topic.AppChanged(app.id()));
    apps.destroy(app.id());
    assertThat(ticket.await(Duration.ZERO)).isTrue();
    assertThat(apps.find(app.path())).isEmpty();
    assertThat(apps.findByHost(app.host())).isEmpty();
    assertThat(apps.list(List.of("acme"))).isEmpty();
    assertThat(apps.find(app.id()).orElseThrow().status()).isEqualTo(App.Status.DESTROYING);
    assertThatThrownBy(() -> create("acme", "shop"))
        .isInstanceOfSatisfying(AppExists.class, e -> assertThat(e.isDestroying()).isTrue());

    apps.delete(app.id());
    apps.stopped(app.id());
    apps.destroy(app.id());
    assertThat(apps.find(app.id()).orElseThrow().status()).isEqualTo(App.Status.STOPPED);
    apps.delete(app.id());
    apps.delete(app.id());
    assertThat(apps.find(app.id())).isEmpty();
    assertThat(fixture.stores.builds().list(app.id(), 10)).isEmpty();
    assertThat(fixture.stores.releases().list(app.id(), 10)).isEmpty();
    assertThat(create("acme", "shop").host()).isEqualTo("shop-acme.example.com");
  }

  @Test
  void whatIsKeptIsMadeOnceByTwoFirstStarts() throws Exception {
    Path fresh = directory.resolve("fresh");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        starts.add(() -> {
          try (Fixture start = new Fixture(database, fresh)) {
            return start.stores.clusterId();
          }
        });
      }
      List<String> ids = new ArrayList<>();
      for (Future<String> start : threads.invokeAll(starts)) {
        ids.add(start.get());
      }
      assertThat(ids).doesNotContain("").containsOnly(ids.getFirst());
    }
  }

  private static FormationChange change(String type, FormationChange.Quantity quantity) {
    return new FormationChange(
        new TreeMap<>(
            Map.of(
                type,
                new FormationChange.Change(
                    Optional.of(quantity),
                    Optional.of(
                        new FormationChange.Size.Limits(
                            Optional.of(1L << 30), Optional.of(500L)))))));
  }

  @Test
  void scalesTheTypesOfTheReleaseThatIsWanted() throws Exception {
    App app = fixture.app("scaled");
    assertThat(app.formation()).isEqualTo(Formation.UNSCALED);
    FormationChange more = change("web", new FormationChange.Quantity.By(1));
    assertThat(fixture.stores.apps().scale(app.id(), more, ScaleLimits.defaults(), USER))
        .isInstanceOf(FormationChange.Result.Refused.class);

    fixture.deploy(app);
    fixture.stores.apps().scale(app.id(), more, ScaleLimits.defaults(), USER);
    FormationChange.Result last =
        fixture.stores.apps().scale(app.id(), more, ScaleLimits.defaults(), USER);
    Formation formation =
        Formation.UNSCALED.with(
            "web", new Scale(3, new ProcessSize(Optional.of(1L << 30), Optional.of(500))));
    assertThat(last).isEqualTo(new FormationChange.Result.Changed(formation));
    assertThat(fixture.stores.apps().find(app.id()).orElseThrow().formation()).isEqualTo(formation);
  }

  @Test
  void keepsWhatIsToBeRestarted() throws Exception {
    App app = fixture.app("restarted");
    assertThat(app.restarts()).isEqualTo(Restarts.NONE);
    fixture
        .stores
        .apps()
        .restart(app.id(), new ProcessSelector.All(), Restart.Manner.ROLLING, USER);
    ProcessSelector one = new ProcessSelector.One(ProcessName.numbered("web", 1));
    fixture.stores.apps().restart(app.id(), one, Restart.Manner.STOP, USER);
    assertThat(fixture.stores.apps().find(app.id()).orElseThrow().restarts().requests())
        .extracting(Restart::selector, Restart::manner)
        .containsExactlyInAnyOrder(
            tuple(new ProcessSelector.All(), Restart.Manner.ROLLING),
            tuple(one, Restart.Manner.STOP));
  }
}
