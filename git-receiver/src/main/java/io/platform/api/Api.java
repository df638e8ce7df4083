package io.platform.api;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.platform.access.Authenticator;
import io.platform.access.Permissions;
import io.platform.access.WorkloadTokens;
import io.platform.api.attach.ProcessSockets;
import io.platform.api.attach.SocketLimits;
import io.platform.build.BuildLifecycle;
import io.platform.buildlog.LogFollower;
import io.platform.domain.DomainLimits;
import io.platform.domain.ObjectKeys;
import io.platform.domain.PublicUrls;
import io.platform.domain.port.LogDrains;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.PageFetcher;
import io.platform.domain.port.ProcessLogs;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.Stores;
import io.platform.retention.Retention;
import io.platform.service.AppAccess;
import io.platform.service.AppLogService;
import io.platform.service.AppOptionsService;
import io.platform.service.AppService;
import io.platform.service.BuildService;
import io.platform.service.ConfigService;
import io.platform.service.DomainService;
import io.platform.service.DrainService;
import io.platform.service.EventService;
import io.platform.service.FormationService;
import io.platform.service.LogReaderLimits;
import io.platform.service.MaintenanceService;
import io.platform.service.OneOffAccess;
import io.platform.service.OneOffService;
import io.platform.service.ProcessService;
import io.platform.service.ReleaseService;
import io.platform.service.RetentionService;
import io.platform.storage.ObjectStore;
import io.platform.storage.directory.SignedObjects;
import java.util.Optional;

/**
 * The REST API: routes for users, builders and runners. Its handlers block: serve it with virtual
 * threads.
 */
public final class Api {
  private final PlatformRoutes platform;
  private final AppRoutes apps;
  private final BuildRoutes builds;
  private final ReleaseRoutes releases;
  private final ConfigRoutes configVars;
  private final DrainRoutes drains;
  private final FormationRoutes formations;
  private final AppOptionsRoutes options;
  private final ProcessRoutes processes;
  private final OneOffRoutes oneOffs;
  private final EventRoutes events;
  private final DomainRoutes domains;
  private final MaintenanceRoutes maintenance;
  private final BuilderRoutes builders;
  private final BuilderLogRoute builderLog;
  private final RunnerRoutes runners;
  private final RetentionRoutes retention;
  private final AppLogRoutes logs;
  private final Optional<ObjectRoutes> direct;

  /** Who comes in. */
  public record Access(Authenticator authenticator, WorkloadTokens tokens) {}

  /**
   * Where objects are, and under which keys.
   *
   * @param direct serves the URLs of a store that has no web server of its own
   */
  public record Objects(ObjectStore store, ObjectKeys keys, Optional<SignedObjects> direct) {}

  /** An API for these stores. */
  public Api(
      ApiConfig config,
      Stores stores,
      LogDrains logDrains,
      BuildLifecycle lifecycle,
      Access access,
      Objects objects,
      LogFollower follower,
      ProcessStates states,
      OneOffProcesses oneOffProcesses,
      ProcessLogs appLogs,
      PageFetcher pages) {
    UserAuthentication users = new UserAuthentication(access.authenticator(), config.base());
    AppAccess visible = new AppAccess(new Permissions(stores.apps()));
    LogStreams buildLogs = new LogStreams(follower, stores.builds(), config.retention().limits());
    this.platform = new PlatformRoutes(config, users);
    this.apps =
        new AppRoutes(
            users,
            new AppService(
                visible,
                stores.apps(),
                stores.builds(),
                lifecycle,
                states,
                stores.signals(),
                config.destroyLimit()),
            new ApiRepresentations(new PublicUrls(config.base())));
    this.builds =
        new BuildRoutes(
            users,
            new BuildService(visible, stores.builds(), stores.releases(), lifecycle),
            buildLogs);
    this.releases =
        new ReleaseRoutes(
            users, new ReleaseService(visible, stores.apps(), stores.releases(), stores.signals()));
    this.configVars = new ConfigRoutes(users, new ConfigService(visible, stores.releases()));
    this.drains = new DrainRoutes(users, new DrainService(visible, logDrains, config.drains()));
    this.formations =
        new FormationRoutes(
            users, new FormationService(visible, stores.apps(), states, config.scale()));
    this.options = new AppOptionsRoutes(users, new AppOptionsService(visible, stores.apps()));
    this.processes =
        new ProcessRoutes(
            users,
            new ProcessService(visible, stores.apps(), stores.releases(), states, oneOffProcesses));
    this.events = new EventRoutes(users, new EventService(visible, stores.events()));
    this.oneOffs =
        new OneOffRoutes(
            users,
            new OneOffService(
                visible,
                stores.releases(),
                access.tokens(),
                states,
                oneOffProcesses,
                config.oneOffs(),
                config.platformUrl()),
            new OneOffAccess(config.oneOffs()),
            new ProcessSockets(SocketLimits.defaults()));
    this.domains =
        new DomainRoutes(
            users,
            new DomainService(visible, stores.domains(), config.hosts(), DomainLimits.defaults()));
    this.maintenance =
        new MaintenanceRoutes(users, new MaintenanceService(visible, stores.maintenance(), pages));
    BuilderAuthorizer builderAuthorizer = new BuilderAuthorizer(access.tokens(), stores);
    this.builders =
        new BuilderRoutes(config, stores, objects.store(), objects.keys(), builderAuthorizer);
    this.builderLog = new BuilderLogRoute(config.logBytes(), stores, builderAuthorizer);
    this.runners = new RunnerRoutes(config.urlValidity(), stores, objects.store(), access.tokens());
    this.retention =
        new RetentionRoutes(
            users,
            new RetentionService(
                visible,
                new Retention(config.retention(), stores, objects.store(), objects.keys())));
    this.logs =
        new AppLogRoutes(users, new AppLogService(visible, appLogs, LogReaderLimits.defaults()));
    this.direct = objects.direct().map(ObjectRoutes::new);
  }

  /** Adds all routes. */
  public void register(JavalinConfig config) {
    RoutesConfig routes = config.routes;
    RefusedRequests.register(routes);
    platform.register(routes);
    apps.register(routes);
    builds.register(routes);
    releases.register(routes);
    configVars.register(routes);
    drains.register(routes);
    formations.register(routes);
    options.register(routes);
    processes.register(routes);
    oneOffs.register(routes);
    events.register(routes);
    domains.register(routes);
    maintenance.register(routes);
    builders.register(routes);
    builderLog.register(routes);
    runners.register(routes);
    retention.register(routes);
    logs.register(routes);
    direct.ifPresent(objects -> objects.register(routes));
  }
}
