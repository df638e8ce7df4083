package io.platform.deployer;

import io.javalin.config.JavalinConfig;
import io.platform.app.AppRuntime;
import io.platform.deployer.http.Reports;
import io.platform.deployer.rollout.DeployerConfig;
import io.platform.deployer.rollout.Rollouts;
import io.platform.server.Foundation;

/** The second half of the flow, from a builder's report to a release that is live, wired. */
public final class Deployer implements AutoCloseable {
  private final Reports reports;
  private final Rollouts rollouts;

  /** A deployer that does nothing before {@link #start}. */
  public Deployer(DeployerConfig config, Foundation foundation, AppRuntime runtime) {
    this.reports = new Reports(foundation.stores(), foundation.tokens(), foundation.reports());
    this.rollouts = new Rollouts(config, foundation.stores(), runtime, foundation.tokens());
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
