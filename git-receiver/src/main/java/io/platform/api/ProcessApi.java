package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.platform.access.RunSpecs;
import io.platform.api.attach.ProcessSockets;
import io.platform.api.attach.SocketLimits;
import io.platform.commons.shutdown.LongRequests;
import io.platform.domain.OneOffLimits;
import io.platform.domain.port.RunningProcesses;
import io.platform.domain.port.Stores;
import io.platform.service.AppAccess;
import io.platform.service.AppLogService;
import io.platform.service.LogReaderLimits;
import io.platform.service.OneOffAccess;
import io.platform.service.OneOffService;
import io.platform.service.OneOffSizes;
import io.platform.service.ProcessService;
import java.util.List;

/** The API for what runs of users' apps: processes, their output, and commands beside them. */
public final class ProcessApi implements RouteGroup {
  private final List<RouteGroup> routes;

  /**
   * For these processes.
   *
   * @param specs what commands are started with
   * @param requests tell when the server stops
   */
  public ProcessApi(
      ApiConfig.UserLimits userLimits,
      ApiUsers apiUsers,
      Stores stores,
      RunSpecs specs,
      RunningProcesses processes,
      LongRequests requests) {
    UserAuthentication users = apiUsers.authentication();
    AppAccess access = apiUsers.access();
    OneOffLimits limits = userLimits.oneOffs();
    this.routes =
        List.of(
            new ProcessRoutes(
                users,
                new ProcessService(
                    access,
                    stores.apps(),
                    stores.releases(),
                    processes.states(),
                    processes.oneOffs())),
            new OneOffRoutes(
                users,
                new OneOffService(
                    access,
                    stores.releases(),
                    specs,
                    processes.oneOffs(),
                    new OneOffSizes(userLimits.scale(), processes.states()),
                    limits),
                new OneOffAccess(limits),
                new ProcessSockets(SocketLimits.defaults(), requests)),
            new AppLogRoutes(
                users, new AppLogService(access, processes.logs(), LogReaderLimits.defaults())));
  }

  @Override
  public void register(RoutesConfig config) {
    routes.forEach(group -> group.register(config));
  }
}
