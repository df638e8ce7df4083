package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.platform.build.BuildLifecycle;
import io.platform.domain.CertificateLimits;
import io.platform.domain.DomainLimits;
import io.platform.domain.PublicUrls;
import io.platform.domain.port.PageFetcher;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.Stores;
import io.platform.service.AppAccess;
import io.platform.service.AppDestructionService;
import io.platform.service.AppMoveService;
import io.platform.service.AppOptionsService;
import io.platform.service.AppService;
import io.platform.service.BuildpackService;
import io.platform.service.CertificateService;
import io.platform.service.ConfigService;
import io.platform.service.DomainService;
import io.platform.service.DrainService;
import io.platform.service.EventService;
import io.platform.service.FormationService;
import io.platform.service.MaintenanceService;
import java.time.InstantSource;
import java.util.List;

/** The API for users' apps: what each is called, and how it is set up. */
public final class AppApi implements RouteGroup {
  private final List<RouteGroup> routes;

  /** Over these stores. */
  public AppApi(
      ApiConfig config,
      ApiUsers apiUsers,
      Stores stores,
      BuildLifecycle lifecycle,
      ProcessStates states,
      PageFetcher pages) {
    UserAuthentication users = apiUsers.authentication();
    AppAccess access = apiUsers.access();
    ApiConfig.UserLimits limits = config.users();
    this.routes =
        List.of(
            new PlatformRoutes(config.addresses(), users),
            new AppRoutes(
                users,
                new AppService(access, stores.apps(), states),
                new AppDestructionService(
                    access, stores.apps(), lifecycle, stores.signals(), limits.destroyWait()),
                new AppMoveService(access, stores.apps(), config.infrastructure()),
                new ApiRepresentations(new PublicUrls(config.addresses().base()))),
            new ConfigRoutes(users, new ConfigService(access, stores.releases())),
            new FormationRoutes(
                users, new FormationService(access, stores.apps(), states, limits.scale())),
            new AppOptionsRoutes(users, new AppOptionsService(access, stores.apps())),
            new BuildpackRoutes(users, new BuildpackService(access, stores.apps())),
            new DomainRoutes(
                users,
                new DomainService(
                    access, stores.domains(), config.addresses().hosts(), DomainLimits.defaults())),
            new CertificateRoutes(
                users,
                new CertificateService(
                    access,
                    stores.certificates(),
                    CertificateLimits.defaults(),
                    config.infrastructure(),
                    InstantSource.system())),
            new MaintenanceRoutes(
                users, new MaintenanceService(access, stores.maintenance(), pages)),
            new DrainRoutes(users, new DrainService(access, stores.drains(), limits.drains())),
            new EventRoutes(users, new EventService(access, stores.events())));
  }

  @Override
  public void register(RoutesConfig config) {
    routes.forEach(group -> group.register(config));
  }
}
