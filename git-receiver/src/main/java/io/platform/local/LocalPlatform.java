package io.platform.local;

import io.javalin.Javalin;
import io.platform.access.AuthServerConfig;
import io.platform.access.JwtWorkTokens;
import io.platform.access.Permissions;
import io.platform.access.TokenAuthenticator;
import io.platform.access.WorkTokens;
import io.platform.api.Api;
import io.platform.app.InstanceId;
import io.platform.app.LocalSignals;
import io.platform.app.LogFollower;
import io.platform.app.ObjectKeys;
import io.platform.app.PublicUrls;
import io.platform.app.ReportCheck;
import io.platform.app.Stores;
import io.platform.app.sql.DatabaseConfig;
import io.platform.app.sql.SqlStores;
import io.platform.auth.AuthServer;
import io.platform.deployer.Rollouts;
import io.platform.deployer.http.Reports;
import io.platform.process.LocalProcesses;
import io.platform.proxy.AppProxy;
import io.platform.receiver.build.BuildSupervisor;
import io.platform.receiver.http.GitFilter;
import io.platform.receiver.push.PushHook;
import io.platform.receiver.push.PushPipeline;
import io.platform.receiver.repo.DirectoryRepositories;
import io.platform.receiver.repo.Repositories;
import io.platform.retention.Caretaker;
import io.platform.storage.DirectUrls;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The whole platform in one JVM: every room, wired with the adapters of one machine, behind one
 * port.
 */
final class LocalPlatform implements AutoCloseable {
  private static final String RECEIVER = "git-receiver";

  private final Closing parts;
  private final Optional<String> password;
  private final Optional<String> warning;

  private LocalPlatform(Closing parts, Optional<String> password, Optional<String> warning) {
    this.parts = parts;
    this.password = password;
    this.warning = warning;
  }

  /** The first administrator's password, where this start made the account. */
  Optional<String> firstPassword() {
    return password;
  }

  /** What the operator should know about the sandbox. */
  Optional<String> warning() {
    return warning;
  }

  /** Starts everything; it serves when this returns. */
  static LocalPlatform start(LocalConfig config, AdminPassword adminPassword, Decoration decoration)
      throws IOException, UpFailed {
    Closing parts = new Closing();
    try {
      return start(config, adminPassword, decoration, parts);
    } catch (IOException | UpFailed | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static LocalPlatform start(
      LocalConfig config, AdminPassword adminPassword, Decoration decoration, Closing parts)
      throws IOException, UpFailed {
    // What is kept.
    LocalSignals signals = new LocalSignals();
    SqlStores sql =
        parts.add(
            SqlStores.open(
                DatabaseConfig.file(config.data().resolve("platform.db")),
                signals,
                config.domain()));
    Stores stores =
        decoration.stores(
            new Stores(sql.apps(), sql.builds(), sql.releases(), sql.buildLog(), signals));
    ObjectKeys keys = new ObjectKeys(sql.clusterId());
    DirectUrls urls =
        new DirectUrls(
            config.platformUrl(),
            sql.settings().keep("object_url_secret", DirectUrls::newSecret),
            Clock.systemUTC());
    ObjectStores.Opened opened = open(config, urls);
    ObjectStore objects = decoration.objects(parts.add(opened.store()));
    Repositories repositories =
        decoration.repositories(
            parts.add(new DirectoryRepositories(config.data().resolve("repos"), keys.clusterId())));

    // Who may do what.
    AuthServer auth = parts.add(AuthServer.open(config.auth()));
    String clientSecret = DirectUrls.newSecret();
    auth.provisionClient(RECEIVER, clientSecret);
    TokenAuthenticator authenticator =
        parts.add(
            TokenAuthenticator.of(
                new AuthServerConfig(
                    config.publicUrl(), config.platformUrl(), RECEIVER, clientSecret)));
    WorkTokens tokens = JwtWorkTokens.open(sql.settings(), Clock.systemUTC());

    // What runs.
    HostNames hosts = new HostNames(config.domain(), stores.apps());
    AppProxy proxy = new AppProxy(hosts::isOwn, hosts::state, config.proxy());
    LocalProcesses processes = parts.add(LocalProcesses.open(config.processes(), proxy));

    // The flow: push, build, release, roll-out.
    BuildSupervisor supervisor =
        new BuildSupervisor(
            config.supervisor(),
            stores,
            new BuildSupervisor.Storage(repositories, objects, keys),
            decoration.builds(processes.builds()),
            tokens,
            new PublicUrls(config.publicUrl()));
    Caretaker caretaker = new Caretaker(config.retention(), stores, objects, keys);
    supervisor.whenSettled(caretaker::settled);
    PushPipeline pipeline =
        new PushPipeline(
            new PushPipeline.Parts(
                stores,
                new LogFollower(stores.builds(), stores.log(), signals, objects::open),
                repositories,
                objects,
                keys,
                supervisor),
            config.pushes(),
            new InstanceId(UUID.randomUUID().toString()),
            Clock.systemUTC());
    GitFilter git =
        new GitFilter(
            authenticator,
            new Permissions(stores.apps()),
            repositories,
            new PushHook(pipeline),
            config.pushes(),
            config.publicUrl());
    Rollouts rollouts =
        new Rollouts(config.deployer(), stores, decoration.apps(processes.apps()), tokens);

    // The doors, all on one port.
    Readiness readiness = new Readiness();
    Api api =
        new Api(
            config.api(),
            stores,
            new Api.Access(authenticator, tokens),
            new Api.Objects(objects, keys, opened.direct()));
    Reports reports =
        new Reports(stores, tokens, new ReportCheck(keys, BuildSupervisor.storedIn(objects)));
    Javalin http =
        HttpPort.open(
            config.listen(),
            config.port(),
            proxy,
            readiness.before(git),
            javalin -> {
              readiness.register(javalin);
              auth.register(javalin);
              api.register(javalin);
              reports.register(javalin);
            });
    parts.add((AutoCloseable) http::stop);

    // The first administrator, before anybody can be told that the platform is up.
    Optional<String> password = adminPassword.ensureAccount(auth);
    parts.add(supervisor).start();
    parts.add(rollouts).start();
    parts.add(caretaker).start();
    readiness.ready();
    return new LocalPlatform(parts, password, processes.warning());
  }

  /** A store in the data directory is this server's alone: no upload of another's is going on. */
  private static ObjectStores.Opened open(LocalConfig config, DirectUrls urls) throws UpFailed {
    try {
      ObjectStores.Opened opened = ObjectStores.open(config.objectUrl(), urls);
      if (config.objectStore().isEmpty()) {
        opened.store().sweep(Instant.now());
      }
      return opened;
    } catch (IOException | IllegalArgumentException e) {
      throw new UpFailed(String.valueOf(e.getMessage()), e);
    }
  }

  /** Stops in order: nobody comes in, builds and apps stop, then what is kept is closed. */
  @Override
  public void close() {
    parts.close();
  }
}
