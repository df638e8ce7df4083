package io.platform.api;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.platform.access.Authenticator;
import io.platform.access.Permissions;
import io.platform.access.WorkTokens;
import io.platform.app.LogFollower;
import io.platform.app.ObjectKeys;
import io.platform.app.ProcessStates;
import io.platform.app.PublicUrls;
import io.platform.app.Stores;
import io.platform.retention.Retention;
import io.platform.storage.DirectObjects;
import io.platform.storage.ObjectStore;
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

  /** Who comes in. */
  public record Access(Authenticator authenticator, WorkTokens tokens) {}

  /**
   * Where objects are, and under which keys.
   *
   * @param direct serves the URLs of a store that has no web server of its own
   */
  public record Objects(ObjectStore store, ObjectKeys keys, Optional<DirectObjects> direct) {}

  /** An API for these stores. */
  public Api(
      ApiConfig config, Stores stores, Access access, Objects objects, ProcessStates processes) {
    Door door = new Door(access.authenticator(), new Permissions(stores.apps()), config.base());
    Waiting waiting = new Waiting(stores.signals());
    Views views = new Views(stores, new PublicUrls(config.base()), processes);
    LogFollower follower =
        new LogFollower(stores.builds(), stores.log(), stores.signals(), objects.store()::open);
    BuilderDoor builderDoor = new BuilderDoor(access.tokens(), stores);
    this.platform = new PlatformRoutes(config, door);
    this.apps = new AppRoutes(stores, door, views, waiting, config.destroyLimit());
    LogStreams logs = new LogStreams(follower, stores.builds(), config.retention().keep());
    this.builds = new BuildRoutes(stores, door, logs);
    this.releases = new ReleaseRoutes(stores, door, waiting);
    this.configVars = new ConfigRoutes(stores, door);
    this.builders = new BuilderRoutes(config, stores, objects.store(), objects.keys(), builderDoor);
    this.builderLog = new BuilderLog(config.logBytes(), stores, builderDoor);
    this.runners = new RunnerRoutes(config.urlValidity(), stores, objects.store(), access.tokens());
    this.retention =
        new RetentionRoutes(
            new Retention(config.retention(), stores, objects.store(), objects.keys()), door);
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
