package io.platform.deployer;

import io.javalin.config.JavalinConfig;
import io.platform.api.BuildReportRoute;
import io.platform.bootstrap.PlatformServices;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.Stores;
import io.platform.metrics.PlatformMetrics;
import io.platform.release.ReleaseConfig;
import io.platform.release.ReleaseController;
import io.platform.service.BuildReportService;
import io.platform.service.BuilderAccess;

/** Composes the second half of the flow, from a builder's report to a live release. */
public final class Deployer implements AutoCloseable {
  private final BuildReportRoute reports;
  private final ReleaseController rollouts;

  /**
   * A deployer that does nothing before {@link #start}.
   *
   * @param metrics measures builders and roll-outs
   */
  public Deployer(
      ReleaseConfig config,
      PlatformServices services,
      AppRuntime runtime,
      ReleaseCommands commands,
      PlatformMetrics metrics) {
    Stores stores = services.stores();
    this.reports =
        new BuildReportRoute(
            new BuilderAccess(services.tokens(), stores.builds(), stores.apps()),
            new BuildReportService(
                stores.apps(), services.lifecycle(), services.reports(), metrics.builderSteps()));
    this.rollouts =
        new ReleaseController(config, stores, metrics.apps(runtime), commands, services.tokens());
  }

  /** Adds the route of reports. */
  public void register(JavalinConfig javalin) {
    reports.register(javalin);
  }

  /** Brings up every app that should run, and goes on to look after them. */
  public void start() {
    rollouts.start();
  }

  /** Stops looking after the apps; they run on. */
  @Override
  public void close() {
    rollouts.close();
  }
}
