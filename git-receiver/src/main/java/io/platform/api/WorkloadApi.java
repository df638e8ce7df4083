package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.platform.access.WorkloadTokens;
import io.platform.domain.ObjectKeys;
import io.platform.domain.port.Stores;
import io.platform.service.BuilderAccess;
import io.platform.service.BuilderLogService;
import io.platform.service.BuilderService;
import io.platform.service.ObjectUrls;
import io.platform.service.RunnerService;
import io.platform.storage.ObjectStore;
import io.platform.storage.directory.SignedObjects;
import java.net.URI;
import java.util.Optional;

/** The API for builders and runners. */
public final class WorkloadApi implements RouteGroup {
  private final BuilderRoutes builders;
  private final BuilderLogRoute builderLog;
  private final RunnerRoutes runners;
  private final Optional<ObjectRoutes> direct;

  /**
   * The object store and the keys in it.
   *
   * @param direct serves the URLs of a store that has no web server of its own
   */
  public record Objects(ObjectStore store, ObjectKeys keys, Optional<SignedObjects> direct) {}

  /**
   * For those who hold one of these tokens.
   *
   * @param reportsUrl below which builders report
   */
  public WorkloadApi(
      URI reportsUrl,
      ApiConfig.WorkloadLimits limits,
      Stores stores,
      Objects objects,
      WorkloadTokens tokens) {
    BuilderAccess access = new BuilderAccess(tokens, stores.builds(), stores.apps());
    ObjectUrls urls = new ObjectUrls(objects.store(), limits.urlValidity());
    this.builders =
        new BuilderRoutes(
            reportsUrl,
            access,
            new BuilderService(
                stores.builds(), stores.releases(), urls, objects.keys(), limits.builds()));
    this.builderLog =
        new BuilderLogRoute(access, new BuilderLogService(stores.log(), limits.logBytes()));
    this.runners =
        new RunnerRoutes(new RunnerService(tokens, stores.releases(), stores.apps(), urls));
    this.direct = objects.direct().map(ObjectRoutes::new);
  }

  @Override
  public void register(RoutesConfig routes) {
    builders.register(routes);
    builderLog.register(routes);
    runners.register(routes);
    direct.ifPresent(objects -> objects.register(routes));
  }
}
