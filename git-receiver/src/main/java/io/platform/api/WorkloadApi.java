package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.platform.access.WorkloadTokens;
import io.platform.domain.ObjectKeys;
import io.platform.domain.port.Stores;
import io.platform.storage.ObjectStore;
import io.platform.storage.directory.SignedObjects;
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

  /** For those who hold one of these tokens. */
  public WorkloadApi(ApiConfig config, Stores stores, Objects objects, WorkloadTokens tokens) {
    BuilderAuthorizer authorizer = new BuilderAuthorizer(tokens, stores);
    ApiConfig.WorkloadLimits limits = config.workloads();
    this.builders = new BuilderRoutes(config, stores, objects.store(), objects.keys(), authorizer);
    this.builderLog = new BuilderLogRoute(limits.logBytes(), stores, authorizer);
    this.runners = new RunnerRoutes(limits.urlValidity(), stores, objects.store(), tokens);
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
