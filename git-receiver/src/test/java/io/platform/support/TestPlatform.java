package io.platform.support;

import static java.util.Objects.requireNonNull;

import io.javalin.router.InternalRouter;
import io.platform.access.JwtWorkloadTokens;
import io.platform.access.WorkloadTokens;
import io.platform.api.Api;
import io.platform.api.ApiConfig;
import io.platform.api.BuildReportRoute;
import io.platform.bootstrap.ObjectStores;
import io.platform.bootstrap.PlatformServices;
import io.platform.build.BuildLifecycle;
import io.platform.build.ReportCheck;
import io.platform.buildlog.LogFollower;
import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.http.HttpServer;
import io.platform.commons.http.HttpServerConfig;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.commons.http.SlowRequestLimits;
import io.platform.commons.settings.ListenAddress;
import io.platform.commons.shutdown.LongRequests;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.Artifact;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.DrainLimits;
import io.platform.domain.FormationChange;
import io.platform.domain.InstanceId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.OneOffLimits;
import io.platform.domain.Origin;
import io.platform.domain.ProcessState;
import io.platform.domain.PublicUrls;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.ScaleLimits;
import io.platform.domain.Sha256;
import io.platform.domain.Source;
import io.platform.domain.SourceFormat;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Apps;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.BuildLogs.LogArchived;
import io.platform.domain.port.Builds;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.RunningProcesses;
import io.platform.domain.port.Signals;
import io.platform.domain.port.StoredObjects;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Topic;
import io.platform.persistence.SqlStores;
import io.platform.persistence.TestConfigKeys;
import io.platform.process.log.AppLogLimits;
import io.platform.process.log.AppLogs;
import io.platform.proxy.HttpPageFetcher;
import io.platform.proxy.PageLimits;
import io.platform.receiver.ReceiverApi;
import io.platform.retention.Retention;
import io.platform.retention.RetentionConfig;
import io.platform.service.BuildReportService;
import io.platform.service.BuilderAccess;
import io.platform.signal.LocalSignals;
import io.platform.slug.AppJson;
import io.platform.slug.ProcessTypes;
import io.platform.slug.StepTimes;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectWriter;
import io.platform.storage.signed.SignedUrls;
import io.platform.testing.contract.ContractRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Real stores and a real server on a free port of the loopback. */
public final class TestPlatform implements AutoCloseable {
  /** Who may do what. */
  public final TestUsers users = new TestUsers();

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Rows, objects and doors. */
  public final Stores stores;

  public final BuildLifecycle lifecycle;

  public final ObjectStores.Opened objects;
  public final ObjectKeys keys = new ObjectKeys("cluster");
  public final WorkloadTokens tokens;
  public final ScriptedRunner runner = new ScriptedRunner();
  public final ScriptedRuntime runtime = new ScriptedRuntime();

  /** The commands of releases. */
  public final ScriptedCommands commands = new ScriptedCommands();

  public final URI base;
  public final PublicUrls urls;
  public final LogFollower follower;

  /** Closed, it tells clients that the server stops. */
  public final LongRequests longRequests = new LongRequests();

  public final HttpClient http = HttpClient.newHttpClient();
  public final HttpServer server;

  /** What the server routes. */
  public final InternalRouter router;

  /** What the server said that openapi.json does not allow. */
  final ContractRecord contract = new ContractRecord();

  /** What builders reported of their steps. */
  public final Queue<StepTimes> steps = new ConcurrentLinkedQueue<>();

  /** The logs of apps. */
  public final AppLogs logs;

  private final SqlStores sql;

  /** What runs commands of users. */
  public volatile OneOffProcesses oneOffs = new NoOneOffs();

  /** How the processes of every app are. */
  public volatile List<ProcessState> processes = List.of();

  /** Whether their runtime limits memory and CPU of each. */
  public volatile Optional<String> whyUnlimited = Optional.empty();

  /** A platform whose data is in this directory. */
  public TestPlatform(Path data) throws IOException {
    this(data, SlowRequestLimits.defaults());
  }

  /** The same with other limits for requests. */
  public TestPlatform(Path data, SlowRequestLimits requests) throws IOException {
    Signals signals = new LocalSignals();
    sql =
        SqlStores.open(
            DatabaseConfig.file(data.resolve("platform.db")),
            signals,
            "apps.test",
            TestConfigKeys.SOURCE);
    stores = sql.stores();
    lifecycle = new BuildLifecycle(stores.builds());
    logs = new AppLogs(data.resolve("logs"), AppLogLimits.defaults());
    tokens = JwtWorkloadTokens.open(sql.settings(), InstantSource.system());
    ListeningPort port =
        ListeningPort.bind(ServerName.PLATFORM, new ListenAddress("127.0.0.1"), 0, "--port");
    base = URI.create("http://127.0.0.1:" + port.port());
    urls = new PublicUrls(base);
    objects =
        ObjectStores.open(
            data.resolve("objects").toUri(),
            new SignedUrls(base, SignedUrls.newSecret(), InstantSource.system()));
    follower = follower(stores);
    Api api =
        ReceiverApi.create(
            new ApiConfig(
                ApiConfig.Addresses.of(base),
                new ApiConfig.WorkloadLimits(
                    ApiConfig.WorkloadLimits.defaults().builds(), Duration.ofMinutes(5), 1 << 20),
                new ApiConfig.UserLimits(
                    TIMEOUT,
                    DrainLimits.defaults(),
                    OneOffLimits.defaults(),
                    ScaleLimits.defaults())),
            services(stores),
            users,
            follower,
            new Retention(
                RetentionConfig.DEFAULTS, stores.apps(), stores.builds(), objects.store(), keys),
            new RunningProcesses(states(), new AnyOneOffs(() -> oneOffs), logs),
            new HttpPageFetcher(PageLimits.defaults(), address -> true),
            longRequests);
    BuildReportRoute reports =
        new BuildReportRoute(
            new BuilderAccess(tokens, stores.builds(), stores.apps()),
            new BuildReportService(stores.apps(), lifecycle, reports(), steps::add));
    AtomicReference<InternalRouter> routes = new AtomicReference<>();
    server =
        HttpServer.start(
            port,
            new HttpServerConfig(ServerName.PLATFORM, requests, Duration.ZERO),
            config -> {
              api.register(config);
              reports.register(config);
              routes.set(config.unsafe.internalRouter);
            });
    router = requireNonNull(routes.get());
  }

  private ProcessStates states() {
    return new ProcessStates() {
      @Override
      public List<ProcessState> of(App app) {
        return processes;
      }

      @Override
      public Optional<String> whyUnlimited(SizeLimit limit) {
        return limit == SizeLimit.MEMORY ? whyUnlimited : Optional.empty();
      }
    };
  }

  /** What this platform stands on, with these stores. */
  public PlatformServices services(Stores with) {
    return new PlatformServices(
        with,
        sql.appLocks(),
        objects.store(),
        objects.direct(),
        keys,
        tokens,
        new BuildLifecycle(with.builds()));
  }

  /** Follows the logs of these stores. */
  public LogFollower follower(Stores of) {
    return new LogFollower(
        of.builds(), of.log(), of.signals(), objects.store()::open, longRequests);
  }

  /** What is stored. */
  public StoredObjects stored() {
    return key ->
        objects
            .store()
            .stat(key)
            .map(i -> new StoredObject(i.key(), i.size(), new Sha256(i.sha256Hex())));
  }

  /** Checks reports against what is stored. */
  public ReportCheck reports() {
    return new ReportCheck(keys, stored());
  }

  /** A new app of the namespace acme. */
  public App app(String name) {
    try {
      return stores
          .apps()
          .create("customer-acme", new AppPath("acme", name), Optional.empty(), "ada@example.com");
    } catch (Apps.AppExists e) {
      throw new AssertionError(e);
    }
  }

  /** Stores an object. */
  public StoredObject store(String key, String content) {
    try (ObjectWriter writer = objects.store().create(key)) {
      writer.write(content.getBytes(StandardCharsets.UTF_8));
      ObjectInfo info = writer.commit();
      return new StoredObject(info.key(), info.size(), new Sha256(info.sha256Hex()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A build that is being received. */
  public Build received(App app, Origin.Push push) {
    try {
      return stores.builds().open(app.id(), push, new InstanceId("test"));
    } catch (Builds.BuildInProgress e) {
      throw new AssertionError(e);
    }
  }

  /** A build whose source is stored. */
  public BuildId accepted(App app, Origin.Push push, Instant deadline) {
    BuildId id = received(app, push).id();
    stores
        .builds()
        .accept(
            id, new Source(store(keys.source(app, id), "source"), SourceFormat.TAR_ZST), deadline);
    return id;
  }

  /** A build that may take a quarter of an hour. */
  public BuildId accepted(App app) {
    Origin.Push push =
        new Origin.Push("refs/heads/main", "0".repeat(40), "1".repeat(40), "dev@example.com");
    return accepted(app, push, Instant.now().plus(Duration.ofMinutes(15)));
  }

  /** A build of a Node.js app that is over, and its release, which is not rolled out. */
  public ReleaseVersion built(App app) {
    return built(app, new ProcessTypes(Map.of("web", "node .")));
  }

  /** The same of an app with these process types. */
  public ReleaseVersion built(App app, ProcessTypes types) {
    return built(app, types, AppJson.NONE);
  }

  /** The same of an app with this app.json. */
  public ReleaseVersion built(App app, ProcessTypes types, AppJson appJson) {
    BuildId id = accepted(app);
    StoredObject slug = store(keys.slug(app, id), "slug");
    ReleaseVersion version =
        stores
            .builds()
            .end(
                id,
                new BuildEnd.Succeeded(
                    new Artifact.Slug(slug), Optional.empty(), "Node.js", types, appJson))
            .build()
            .release()
            .orElseThrow();
    stores.builds().settle(id, Build.Outcome.ofDeployed());
    return version;
  }

  /** So many processes of a type run from now on. */
  public void scale(App app, String type, int quantity) {
    FormationChange.Change change =
        new FormationChange.Change(
            Optional.of(new FormationChange.Quantity.Exactly(quantity)), Optional.empty());
    FormationChange.Result result =
        stores
            .apps()
            .scale(
                app.id(),
                new FormationChange(new TreeMap<>(Map.of(type, change))),
                ScaleLimits.defaults(),
                "ada@example.com");
    if (result instanceof FormationChange.Result.Refused refused) {
      throw new AssertionError(refused);
    }
  }

  /** The build's row. */
  public Build row(BuildId id) {
    return stores.builds().find(id).orElseThrow();
  }

  /** Waits until the state is there. */
  public <T> T await(Topic topic, Supplier<Optional<T>> state) throws InterruptedException {
    Instant end = Instant.now().plus(TIMEOUT);
    while (Instant.now().isBefore(end)) {
      Signals.Ticket ticket = stores.signals().ticket(topic);
      Optional<T> now = state.get();
      if (now.isPresent()) {
        return now.get();
      }
      ticket.await(Duration.ofSeconds(1));
    }
    throw new AssertionError("it did not happen within " + TIMEOUT);
  }

  /** Waits until the build is settled. */
  public Build settled(BuildId id) throws InterruptedException {
    return await(new Topic.BuildChanged(id), () -> stores.builds().find(id).filter(Build::settled));
  }

  /** Waits until the build's log has a text. */
  public void logged(BuildId id, String text) throws InterruptedException {
    await(new Topic.BuildChanged(id), () -> Optional.of(log(id)).filter(log -> log.contains(text)));
  }

  /** The log as it is, from the database. */
  public String log(BuildId id) {
    try {
      StringBuilder text = new StringBuilder();
      long offset = 0;
      while (true) {
        BuildLogs.Chunk chunk = stores.log().read(id, offset, 1 << 16);
        if (chunk.text().length == 0) {
          return text.toString();
        }
        text.append(new String(chunk.text(), StandardCharsets.UTF_8));
        offset = chunk.next();
      }
    } catch (LogArchived e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.close();
    logs.close();
    objects.store().close();
    sql.close();
    contract.assertKept();
  }
}
