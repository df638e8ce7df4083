package io.platform.local;

import io.platform.bootstrap.PlatformServices;
import io.platform.bootstrap.ResourceStack;
import io.platform.bootstrap.StartupException;
import io.platform.build.BuildLifecycle;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.shutdown.ShutdownLimits;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Stores;
import io.platform.git.repository.Repositories;
import io.platform.support.InterceptedPort;
import java.io.IOException;

/** Composes a platform over services whose writes go by way of an interceptor. */
record InterceptedPlatform(InterceptedPort.Interceptor around) {
  LocalPlatform start(LocalConfig config, ListeningPort port, AdminPassword password)
      throws IOException, StartupException {
    ResourceStack parts = new ResourceStack(ShutdownLimits.ofMachine());
    try {
      LocalServices opened = LocalServices.open(config, parts);
      return LocalPlatform.start(
          config,
          port,
          password,
          new LocalServices(
              opened.metrics(),
              services(opened.services()),
              InterceptedPort.of(Repositories.class, opened.repositories(), around)),
          parts);
    } catch (IOException | StartupException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private PlatformServices services(PlatformServices opened) {
    Stores stores = stores(opened.stores());
    return new PlatformServices(
        stores,
        opened.appLocks(),
        opened.objects(),
        opened.direct(),
        opened.keys(),
        opened.tokens(),
        new BuildLifecycle(stores.builds()));
  }

  private Stores stores(Stores stores) {
    return new Stores(
        stores.apps(),
        InterceptedPort.of(Builds.class, stores.builds(), around),
        InterceptedPort.of(Releases.class, stores.releases(), around),
        stores.log(),
        stores.events(),
        stores.domains(),
        stores.maintenance(),
        stores.drains(),
        stores.certificates(),
        stores.signals());
  }
}
