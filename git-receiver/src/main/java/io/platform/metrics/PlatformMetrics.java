package io.platform.metrics;

import io.javalin.config.JavalinConfig;
import io.platform.buildlog.FollowerLag;
import io.platform.commons.database.PoolObserver;
import io.platform.commons.metrics.MetricsAddress;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Stores;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.push.PushCounts;
import io.platform.proxy.ResponseCounts;
import io.platform.slug.StepTimes;
import jakarta.servlet.Filter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Adds the platform's meters to stores, runtimes and handlers. Unless metrics are served, it gives
 * everything back as it is, and loads none of the library.
 */
public interface PlatformMetrics extends AutoCloseable {
  /** Measures nothing. */
  PlatformMetrics OFF = new PlatformMetrics() {};

  /** Where metrics are served, with the port that was bound; empty where they are not. */
  default Optional<MetricsAddress> served() {
    return Optional.empty();
  }

  /** Measures the pools of the databases. */
  default PoolObserver pools() {
    return PoolObserver.NONE;
  }

  /** Measures how builds go and end. */
  default Stores stores(Stores stores) {
    return stores;
  }

  /** Measures roll-outs. */
  default AppRuntime apps(AppRuntime runtime) {
    return runtime;
  }

  /** Takes how long the steps within a builder took. */
  default Consumer<StepTimes> builderSteps() {
    return steps -> {};
  }

  /** Measures requests to the git remote. */
  default Filter git(Filter filter) {
    return filter;
  }

  /** Measures requests to the routes of a Javalin that is being configured. */
  default void http(JavalinConfig javalin) {}

  /** Tells how many builds are not settled. */
  default void unsettled(Builds builds) {}

  /** Tells how pushes ended. */
  default void pushes(PushCounts pushes) {}

  /** Tells how many threads work, and how many requests wait for one. */
  default void threads(GitThreads threads) {}

  /**
   * Tells how far behind followers of logs are.
   *
   * @param client what they follow through: push or api
   */
  default void followers(String client, FollowerLag followers) {}

  /** Tells how requests for apps were answered. */
  default void proxy(ResponseCounts responses) {}

  /** Tells how often a watch of the Kubernetes API began again. */
  default void watches(LongSupplier restarts) {}

  @Override
  default void close() {}
}
