package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.platform.build.BuildLifecycle;
import io.platform.buildlog.LogFollower;
import io.platform.domain.port.Stores;
import io.platform.retention.Retention;
import io.platform.service.AppAccess;
import io.platform.service.BuildLogService;
import io.platform.service.BuildService;
import io.platform.service.ReleaseService;
import io.platform.service.RetentionService;
import java.util.List;

/** The API for what users deployed: builds with their logs, releases, and how many are kept. */
public final class DeployApi implements RouteGroup {
  private final List<RouteGroup> routes;

  /** Over these stores. */
  public DeployApi(
      ApiUsers apiUsers,
      Stores stores,
      BuildLifecycle lifecycle,
      LogFollower follower,
      Retention retention) {
    UserAuthentication users = apiUsers.authentication();
    AppAccess access = apiUsers.access();
    BuildService builds = new BuildService(access, stores.builds(), stores.releases(), lifecycle);
    this.routes =
        List.of(
            new BuildRoutes(
                users,
                builds,
                new LogStreams(
                    users,
                    new BuildLogService(builds, stores.builds(), follower, retention.limits()))),
            new ReleaseRoutes(
                users,
                new ReleaseService(access, stores.apps(), stores.releases(), stores.signals())),
            new RetentionRoutes(users, new RetentionService(access, retention)));
  }

  @Override
  public void register(RoutesConfig config) {
    routes.forEach(group -> group.register(config));
  }
}
