package io.platform.metrics;

import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.platform.buildlog.FollowerLag;
import io.platform.commons.database.PoolObserver;
import io.platform.commons.http.PlainErrors;
import io.platform.commons.http.ServerName;
import io.platform.commons.metrics.MetricsAddress;
import io.platform.commons.metrics.RequestMetrics;
import io.platform.commons.metrics.ServerMetrics;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Stores;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.push.PushCounts;
import io.platform.proxy.ResponseCounts;
import io.platform.slug.StepTimes;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Metrics in a registry of Micrometer's, served for Prometheus. */
final class PrometheusMetrics implements PlatformMetrics {
  private final MetricsAddress served;
  private final ServerMetrics server;
  private final MeterRegistry registry;

  /** What is counted elsewhere: a meter alone would let it be collected, and stand still then. */
  private final Queue<Object> observed = new ConcurrentLinkedQueue<>();

  private PrometheusMetrics(MetricsAddress address, ServerMetrics server) {
    this.served = new MetricsAddress(address.host(), server.port());
    this.server = server;
    this.registry = server.registry();
  }

  static PrometheusMetrics open(MetricsAddress address) throws IOException {
    return new PrometheusMetrics(
        address, ServerMetrics.open(address, new PlainErrors(ServerName.PLATFORM)));
  }

  @Override
  public Optional<MetricsAddress> served() {
    return Optional.of(served);
  }

  @Override
  public PoolObserver pools() {
    return server::observe;
  }

  @Override
  public Stores stores(Stores stores) {
    return new Stores(
        stores.apps(),
        new MeasuredBuilds(stores.builds(), new BuildMeters(registry)),
        stores.releases(),
        stores.log(),
        stores.events(),
        stores.domains(),
        stores.maintenance(),
        stores.drains(),
        stores.certificates(),
        stores.signals());
  }

  @Override
  public AppRuntime apps(AppRuntime runtime) {
    return new MeasuredRuntime(runtime, registry);
  }

  @Override
  public Consumer<StepTimes> builderSteps() {
    return new BuilderStepMeters(registry)::record;
  }

  @Override
  public Filter git(Filter filter) {
    return new MeasuredGit(filter, new RequestMetrics(registry));
  }

  @Override
  public void http(JavalinConfig javalin) {
    server.observe(javalin);
  }

  @Override
  public void unsettled(Builds builds) {
    new BuildQueue(builds).register(registry);
  }

  @Override
  public void pushes(PushCounts pushes) {
    observed.add(pushes);
    for (PushCounts.Outcome outcome : PushCounts.Outcome.values()) {
      FunctionCounter.builder(MeterNames.PUSHES, pushes, it -> it.ended(outcome))
          .description("Pushes that ended, by outcome")
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    FunctionCounter.builder(MeterNames.PUSH_BYTES, pushes, PushCounts::bytes)
        .description("Bytes that pushes brought")
        .register(registry);
  }

  @Override
  public void threads(GitThreads threads) {
    observed.add(threads);
    Gauge.builder(MeterNames.GIT_THREADS_WORKING, threads, GitThreads::working)
        .description("Threads of git that work")
        .tag("pool", threads.name())
        .register(registry);
    Gauge.builder(MeterNames.GIT_THREADS_WAITING, threads, GitThreads::waiting)
        .description("Requests that wait for a thread of git")
        .tag("pool", threads.name())
        .register(registry);
  }

  @Override
  public void followers(String client, FollowerLag followers) {
    observed.add(followers);
    Gauge.builder(MeterNames.LOG_FOLLOWERS, followers, FollowerLag::followers)
        .description("Followers of build logs")
        .tag("client", client)
        .register(registry);
    Gauge.builder(MeterNames.LOG_FOLLOWER_LAG, followers, FollowerLag::mostBytes)
        .description("Bytes that the slowest follower of a build log was not sent yet")
        .tag("client", client)
        .register(registry);
  }

  @Override
  public void proxy(ResponseCounts responses) {
    observed.add(responses);
    for (int i = 0; i < ResponseCounts.CLASSES; i++) {
      int first = i;
      FunctionCounter.builder(MeterNames.PROXY_RESPONSES, responses, it -> it.of(first))
          .description("Answers to requests for apps, by class of status")
          .tag("status", first == 0 ? "none" : first + "xx")
          .register(registry);
    }
  }

  @Override
  public void watches(LongSupplier restarts) {
    observed.add(restarts);
    FunctionCounter.builder(MeterNames.WATCH_RESTARTS, restarts, LongSupplier::getAsLong)
        .description("Watches of the Kubernetes API that broke off and began again")
        .register(registry);
  }

  @Override
  public void close() {
    server.close();
  }
}
