package io.platform.api;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.platform.access.Authenticator;
import io.platform.access.Permissions;
import io.platform.access.WorkloadTokens;
import io.platform.buildlog.FollowerLag;
import io.platform.buildlog.LogFollower;
import io.platform.domain.ObjectKeys;
import io.platform.domain.PublicUrls;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.Stores;
import io.platform.retention.Retention;
import io.platform.storage.ObjectStore;
import io.platform.storage.directory.SignedObjects;
import java.util.Optional;

/**
 * The API: routes for people's tools, for builders and for runners. Its handlers block: serve it
 * with virtual threads.
 */
public final class Api {
  private final PlatformRoutes platform;
  private final AppRoutes apps;
  private final BuildRoutes builds;
  private final ReleaseRoutes releases;
  private final ConfigRoutes configVars;
  private final BuilderRoutes builders;
  private final BuilderLog builderLog;
  private final RunnerRoutes runners;
  private final RetentionRoutes retention;
  private final Optional<ObjectRoutes> direct;
  private final FollowerLag followers;

  /** Who comes in. */
  public record Access(Authenticator authenticator, WorkloadTokens tokens) {}

  /**
   * Where objects are, and under which keys.
   *
   * @param direct serves the URLs of a store that has no web server of its own
   */
  public record Objects(ObjectStore store, ObjectKeys keys, Optional<SignedObjects> direct) {}

  /** How far behind those are who follow logs through the API. */
  public FollowerLag followers() {
    return followers;
  }

  /** An API for these stores. */
  public Api(
      ApiConfig config, Stores stores, Access access, Objects objects, ProcessStates processes) {
    UserAuthorizer authorizer =
        new UserAuthorizer(access.authenticator(), new Permissions(stores.apps()), config.base());
    LongPoll waiting = new LongPoll(stores.signals());
    ApiRepresentations views = new ApiRepresentations(new PublicUrls(config.base()), processes);
    LogFollower follower =
        new LogFollower(stores.builds(), stores.log(), stores.signals(), objects.store()::open);
    this.followers = follower.lag();
    BuilderAuthorizer builderAuthorizer = new BuilderAuthorizer(access.tokens(), stores);
    this.platform = new PlatformRoutes(config, authorizer);
    this.apps = new AppRoutes(stores, authorizer, views, waiting, config.destroyLimit());
    LogStreams logs = new LogStreams(follower, stores.builds(), config.retention().limits());
    this.builds = new BuildRoutes(stores, authorizer, logs);
    this.releases = new ReleaseRoutes(stores, authorizer, waiting);
    this.configVars = new ConfigRoutes(stores, authorizer);
    this.builders =
        new BuilderRoutes(config, stores, objects.store(), objects.keys(), builderAuthorizer);
    this.builderLog = new BuilderLog(config.logBytes(), stores, builderAuthorizer);
    this.runners = new RunnerRoutes(config.urlValidity(), stores, objects.store(), access.tokens());
    this.retention =
        new RetentionRoutes(
            new Retention(config.retention(), stores, objects.store(), objects.keys()), authorizer);
    this.direct = objects.direct().map(ObjectRoutes::new);
  }

  /** Adds all routes. */
  public void register(JavalinConfig config) {
    RoutesConfig routes = config.routes;
    platform.register(routes);
    apps.register(routes);
    builds.register(routes);
    releases.register(routes);
    configVars.register(routes);
    builders.register(routes);
    builderLog.register(routes);
    runners.register(routes);
    retention.register(routes);
    direct.ifPresent(objects -> objects.register(routes));
  }
}
