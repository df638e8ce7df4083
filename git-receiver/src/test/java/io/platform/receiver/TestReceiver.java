package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.access.Authentication;
import io.platform.access.JwtWorkloadTokens;
import io.platform.access.Permissions;
import io.platform.access.Principal;
import io.platform.access.Principal.Membership;
import io.platform.access.Role;
import io.platform.bootstrap.ObjectStores;
import io.platform.bootstrap.PlatformServices;
import io.platform.build.BuildLifecycle;
import io.platform.build.LeaseConfig;
import io.platform.build.SupervisorConfig;
import io.platform.build.intake.BuildAdmission;
import io.platform.build.intake.BuildIntake;
import io.platform.build.intake.SourceStore;
import io.platform.build.recovery.LeaseRenewer;
import io.platform.buildlog.FollowerClient;
import io.platform.buildlog.LogFollower;
import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.http.HttpServer;
import io.platform.commons.http.HttpServerConfig;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.commons.settings.ListenAddress;
import io.platform.commons.shutdown.LongRequests;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.InstanceId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.PublicUrls;
import io.platform.domain.port.Apps.AppExists;
import io.platform.domain.port.LogSink;
import io.platform.domain.port.Stores;
import io.platform.git.http.GitFilter;
import io.platform.git.http.fetch.FetchLimits;
import io.platform.git.http.fetch.FetchService;
import io.platform.git.http.lfs.LfsLimits;
import io.platform.git.http.lfs.LfsService;
import io.platform.git.http.receive.PushService;
import io.platform.git.lfs.LfsObjects;
import io.platform.git.pack.PackLimits;
import io.platform.git.pack.PackReceiver;
import io.platform.git.push.PushHook;
import io.platform.git.push.PushLimits;
import io.platform.git.push.PushPipeline;
import io.platform.git.push.PushedSources;
import io.platform.git.repository.DirectoryRepositories;
import io.platform.persistence.SqlStores;
import io.platform.persistence.TestConfigKeys;
import io.platform.signal.LocalSignals;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectStore;
import io.platform.storage.signed.SignedUrls;
import io.platform.support.ScriptedRunner;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;

/** A receiver on a port of its own: real repositories, rows and objects in a directory. */
final class TestReceiver implements AutoCloseable {
  static final String TOKEN = "token-of-ada";
  static final String DEVELOPER = "token-of-dora";
  static final String VIEWER = "token-of-vera";
  static final String STRANGER = "token-of-sam";

  /** Bytes that a Git LFS file may have, and all of an app. */
  static final int LFS_OBJECT = 1_000_000;

  static final int LFS_APP = 2_500_000;

  private static final int PROBE = 4;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Path root;
  private final SqlStores sql;
  private final HttpServer server;
  private final AtomicReference<Server> jetty = new AtomicReference<>();
  private final PushService pushes;
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> finished = new LinkedBlockingQueue<>();
  final Stores stores;
  final DirectoryRepositories repositories;
  final ObjectStore objects;
  final ObjectKeys keys = new ObjectKeys("cluster");
  final ScriptedSupervisor supervisor;
  final LeaseRenewer leases;

  /** Settles what is not accepted; recovers what other receivers left, once it is started. */
  final BuildSupervision real;

  final LogFollower follower;

  /** Closed, it tells clients that the server stops. */
  final LongRequests requests = new LongRequests();

  static TestReceiver start(Path root) throws IOException {
    return new TestReceiver(root, PushLimits.defaults());
  }

  TestReceiver(Path root, PushLimits limits) throws IOException {
    this(root, limits, FetchLimits.defaults());
  }

  TestReceiver(Path root, PushLimits limits, FetchLimits fetches) throws IOException {
    this(root, limits, fetches, PackLimits.defaults());
  }

  TestReceiver(Path root, PushLimits limits, PackLimits packs) throws IOException {
    this(root, limits, FetchLimits.defaults(), packs);
  }

  private TestReceiver(Path root, PushLimits limits, FetchLimits fetches, PackLimits packs)
      throws IOException {
    this(
        root,
        limits,
        fetches,
        packs,
        new Setup(
            DatabaseConfig.file(root.resolve("platform.db")),
            UnaryOperator.identity(),
            SteadyClock.system()));
  }

  /**
   * What several receivers on one database differ in.
   *
   * @param store puts something around the object store
   * @param steady measures waits
   */
  record Setup(DatabaseConfig database, UnaryOperator<ObjectStore> store, InstantSource steady) {}

  /** A receiver that shares the directory with others. */
  static TestReceiver sharing(Path root, Setup setup) throws IOException {
    return new TestReceiver(
        root, PushLimits.defaults(), FetchLimits.defaults(), PackLimits.defaults(), setup);
  }

  private TestReceiver(
      Path root, PushLimits limits, FetchLimits fetches, PackLimits packs, Setup setup)
      throws IOException {
    this.root = root;
    LocalSignals signals = new LocalSignals();
    sql = SqlStores.open(setup.database(), signals, "localhost", TestConfigKeys.SOURCE);
    stores = sql.stores();
    URI base = URI.create("http://localhost:8080");
    objects =
        setup
            .store()
            .apply(
                ObjectStores.open(
                        root.resolve("objects").toUri(),
                        new SignedUrls(base, SignedUrls.newSecret(), Clock.systemUTC()))
                    .store());
    repositories = new DirectoryRepositories(root.resolve("repos"), "cluster", sql.appLocks());
    follower =
        new LogFollower(
            stores.builds(),
            stores.log(),
            signals,
            (key, from) -> objects.open(key, from),
            requests);
    real = supervision(base, setup.steady());
    supervisor = new ScriptedSupervisor(stores, repositories, real.supervisor());
    leases =
        new LeaseRenewer(
            stores.builds(), new InstanceId(UUID.randomUUID().toString()), LeaseConfig.defaults());
    LfsObjects lfsObjects = new LfsObjects(objects, keys);
    PushPipeline pipeline =
        new PushPipeline(
            new BuildIntake(
                new BuildAdmission(
                    stores.builds(),
                    stores.signals(),
                    leases,
                    limits.intake().buildTime(),
                    Clock.systemUTC()),
                new SourceStore(objects, keys, limits.intake().storeRetryTime()),
                supervisor),
            new PushedSources(
                stores.apps(), stores.log(), follower, repositories, lfsObjects, limits),
            stores.builds(),
            Clock.systemUTC());
    pushes =
        new PushService(
            repositories,
            new PushHook(pipeline),
            limits,
            new PackReceiver(packs.withSizes(limits.packBytes(), limits.objectBytes())),
            requests);
    GitFilter filter =
        new GitFilter(
            TestReceiver::authenticate,
            new Permissions(stores.apps()),
            new FetchService(repositories, fetches),
            pushes,
            new LfsService(
                lfsObjects,
                LfsLimits.defaults().withSizes(LFS_OBJECT, LFS_APP),
                new PublicUrls(base),
                requests),
            base);
    server =
        HttpServer.start(
            ListeningPort.bind(ServerName.PLATFORM, new ListenAddress("127.0.0.1"), 0, "PORT"),
            HttpServerConfig.of(ServerName.PLATFORM),
            config -> {
              config.jetty.modifyServer(jetty::set);
              config.jetty.modifyServletContextHandler(context -> {
                FilterHolder holder = new FilterHolder(observed(filter));
                holder.setAsyncSupported(true);
                context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
              });
            });
  }

  private BuildSupervision supervision(URI base, InstantSource steady) {
    return new BuildSupervision(
        new SupervisorConfig(
            base,
            Duration.ofMinutes(30),
            Duration.ofSeconds(30),
            Duration.ofDays(1),
            LOOK_EVERY,
            Duration.ofSeconds(1),
            LeaseConfig.defaults()),
        new PlatformServices(
            stores,
            sql.appLocks(),
            objects,
            Optional.empty(),
            keys,
            JwtWorkloadTokens.open(sql.settings(), Clock.systemUTC()),
            new BuildLifecycle(stores.builds())),
        repositories,
        new ScriptedRunner(),
        follower,
        new PublicUrls(base),
        new BuildSupervision.Clocks(InstantSource.system(), steady));
  }

  private Filter observed(Filter filter) {
    return (request, response, chain) -> {
      String uri = ((HttpServletRequest) request).getRequestURI();
      if (request.getContentLength() != PROBE) {
        begun.add(uri);
      }
      try {
        filter.doFilter(request, response, chain);
      } finally {
        if (request.getContentLength() != PROBE) {
          finished.add(uri);
        }
      }
    };
  }

  /** How many uploads, or lists of refs for them, have their turn now. */
  int uploading() {
    return pushes.threads().working();
  }

  /** Waits until the server begins with a request for such a path, which is no probe. */
  void awaitBeginOf(String suffix) throws InterruptedException {
    while (!begun.take().endsWith(suffix)) {
      assertThat(begun).isNotNull();
    }
  }

  /** Waits until the server is through with a request for such a path. */
  void awaitEndOf(String suffix) throws InterruptedException {
    while (!finished.take().endsWith(suffix)) {
      assertThat(finished).isNotNull();
    }
  }

  /** Waits until a build is settled, and tells its log. */
  String awaitEnd(BuildId build) throws IOException, InterruptedException {
    Collected text = new Collected();
    follower.follow(FollowerClient.PUSH, build, 0, text);
    return text.toString();
  }

  private static Authentication authenticate(Optional<String> header) {
    if (header.isEmpty()) {
      return new Authentication.Missing();
    }
    String basic = header.get().substring(header.get().indexOf(' ') + 1);
    String token =
        new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8)
            .replaceFirst("^[^:]*:", "");
    Map<String, Principal> users =
        Map.of(
            TOKEN, user("ada", "acme", Role.OWNER),
            DEVELOPER, user("dora", "acme", Role.DEVELOPER),
            VIEWER, user("vera", "acme", Role.VIEWER),
            STRANGER, user("sam", "other", Role.OWNER));
    if (token.equals("auth-is-down")) {
      return new Authentication.Unavailable(
          "The auth server does not answer. Try again in a minute.");
    }
    Principal user = users.get(token);
    return user == null
        ? new Authentication.Rejected(
            "The token is not valid any more: platform login http://localhost:8080")
        : new Authentication.Accepted(user);
  }

  private static Principal user(String name, String namespace, Role role) {
    return new Principal.User(
        name, name + "@example.com", name, List.of(new Membership(namespace, "customer", role)));
  }

  App app(String name) {
    return app(name, Optional.empty());
  }

  App app(String name, Optional<String> branch) {
    try {
      return stores.apps().create("customer", new AppPath("acme", name), branch, "ada@example.com");
    } catch (AppExists e) {
      throw new IllegalStateException(e);
    }
  }

  /** How long a connection may be silent from now on. */
  void setPatience(Duration limit) {
    for (Connector connector : jetty.get().getConnectors()) {
      ((AbstractConnector) connector).setIdleTimeout(limit.toMillis());
    }
  }

  int port() {
    return server.port();
  }

  String url(String token, String app) {
    return "http://git:%s@127.0.0.1:%d/acme/%s.git".formatted(token, port(), app);
  }

  String url(App app) {
    return url(TOKEN, app.path().name());
  }

  /**
   * What git says of an app's repository. The receiver serves no more from then on: git's fsck,
   * other than a clone, takes the packs that a collection replaces meanwhile for errors.
   */
  Git.Said fsck(App app) throws IOException {
    server.close();
    repositories.close();
    return bare(app).run("fsck", "--full", "--strict");
  }

  /** The app's repository on disk, as C git sees it. */
  Git bare(App app) throws IOException {
    return Git.at(root, gitDir(app));
  }

  Path gitDir(App app) {
    return root.resolve("repos/cluster/customer/acme/%s.git".formatted(app.path().name()));
  }

  Build latest(App app) {
    return stores.builds().list(app.id(), 1).getFirst();
  }

  Optional<Build> newest(App app) {
    return stores.builds().list(app.id(), 1).stream().findFirst();
  }

  String log(Build build) throws IOException {
    Collected text = new Collected();
    follower.copy(build.id(), 0, text);
    return text.toString();
  }

  /** A log in memory. */
  private static final class Collected implements LogSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void text(byte[] piece, long next) {
      bytes.writeBytes(piece);
    }

    @Override
    public void idle() {}

    @Override
    public String toString() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** What is in the app's repository beside its refs. */
  List<Path> packs(App app) throws IOException {
    Path directory = gitDir(app).resolve("objects/pack");
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (Stream<Path> packs = Files.list(directory)) {
      return packs.toList();
    }
  }

  /** What is left of receives that are over. */
  List<Path> quarantined(App app) throws IOException {
    Path directory = gitDir(app).resolve("quarantine");
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (Stream<Path> left = Files.list(directory)) {
      return left.toList();
    }
  }

  @Override
  public void close() {
    server.close();
    real.close();
    repositories.close();
    objects.close();
    sql.close();
  }
}
