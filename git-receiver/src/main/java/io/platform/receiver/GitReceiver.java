package io.platform.receiver;

import io.javalin.config.JavalinConfig;
import io.platform.access.Authenticator;
import io.platform.access.Permissions;
import io.platform.api.Api;
import io.platform.bootstrap.PlatformServices;
import io.platform.bootstrap.StartupException;
import io.platform.build.intake.BuildAdmission;
import io.platform.build.intake.BuildIntake;
import io.platform.build.intake.SourceStore;
import io.platform.build.recovery.LeaseRenewer;
import io.platform.build.supervision.BuildRunners;
import io.platform.buildlog.FollowerClient;
import io.platform.buildlog.LogFollower;
import io.platform.commons.shutdown.LongRequests;
import io.platform.domain.InstanceId;
import io.platform.domain.PublicAddressRule;
import io.platform.domain.PublicUrls;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.Builds;
import io.platform.domain.port.ProcessLogs;
import io.platform.domain.port.RunningProcesses;
import io.platform.domain.port.Stores;
import io.platform.drain.DrainConfig;
import io.platform.drain.DrainDeliveries;
import io.platform.drain.DrainSupervisor;
import io.platform.git.http.GitFilter;
import io.platform.git.http.fetch.FetchService;
import io.platform.git.http.lfs.LfsService;
import io.platform.git.http.receive.PushService;
import io.platform.git.lfs.LfsObjects;
import io.platform.git.pack.PackReceiver;
import io.platform.git.push.PushHook;
import io.platform.git.push.PushPipeline;
import io.platform.git.push.PushedSources;
import io.platform.git.repository.Repositories;
import io.platform.metrics.PlatformMetrics;
import io.platform.proxy.HttpPageFetcher;
import io.platform.proxy.PageLimits;
import io.platform.retention.Retention;
import io.platform.retention.RetentionJob;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;

/**
 * Composes the first half of the flow, from a push to an ended build: git, the API, the supervisor
 * of builds, and retention.
 */
public final class GitReceiver implements AutoCloseable {
  private final BuildSupervision supervision;
  private final LeaseRenewer leases;
  private final RetentionJob job;
  private final Builds builds;
  private final PushedSources sources;
  private final LogFollower follower;
  private final FetchService fetches;
  private final PushService pushes;
  private final LfsService lfs;
  private final GitFilter git;
  private final Api api;
  private final DrainSupervisor drains;
  private final LongRequests requests = new LongRequests();

  /**
   * A receiver that serves once its handlers are mounted, and does nothing before {@link #start}.
   *
   * @throws StartupException where the certificates that drains trust cannot be read
   */
  public GitReceiver(
      GitReceiverConfig config,
      PlatformServices services,
      Repositories repositories,
      Authenticator authenticator,
      BuildRunner runner,
      RunningProcesses processes)
      throws StartupException {
    Stores stores = services.stores();
    this.builds = stores.builds();
    this.follower =
        new LogFollower(
            stores.builds(), stores.log(), stores.signals(), services.objects()::open, requests);
    this.supervision =
        new BuildSupervision(
            config.supervisor(),
            services,
            repositories,
            new BuildRunners(runner),
            follower,
            new PublicUrls(config.addresses().publicUrl()),
            BuildSupervision.Clocks.system());
    Retention retention =
        new Retention(
            config.retention(),
            stores.apps(),
            stores.builds(),
            services.objects(),
            services.keys());
    this.job =
        new RetentionJob(
            config.retention(), retention, stores.apps(), services.objects(), services.keys());
    supervision.supervisor().whenSettled(build -> job.settled(build.app()));
    this.leases =
        new LeaseRenewer(
            stores.builds(),
            new InstanceId(UUID.randomUUID().toString()),
            config.supervisor().leases());
    Clock clock = Clock.systemUTC();
    BuildIntake intake =
        new BuildIntake(
            new BuildAdmission(
                stores.builds(),
                stores.signals(),
                leases,
                config.pushes().intake().buildTime(),
                clock),
            new SourceStore(
                services.objects(), services.keys(), config.pushes().intake().storeRetryTime()),
            supervision.supervisor());
    LfsObjects lfsObjects = new LfsObjects(services.objects(), services.keys());
    this.sources =
        new PushedSources(
            stores.apps(), stores.log(), follower, repositories, lfsObjects, config.pushes());
    this.lfs =
        new LfsService(
            lfsObjects, config.lfs(), new PublicUrls(config.addresses().publicUrl()), requests);
    this.fetches = new FetchService(repositories, config.fetches());
    this.pushes =
        new PushService(
            repositories,
            new PushHook(new PushPipeline(intake, sources, stores.builds(), clock)),
            config.pushes(),
            new PackReceiver(config.packs()),
            requests);
    this.git =
        new GitFilter(
            authenticator,
            new Permissions(stores.apps()),
            fetches,
            pushes,
            lfs,
            config.addresses().publicUrl());
    this.api =
        ReceiverApi.create(
            config.api(),
            services,
            authenticator,
            follower,
            retention,
            processes,
            new HttpPageFetcher(
                PageLimits.defaults(),
                address -> config.privatePages() || PublicAddressRule.isPublic(address)),
            requests);
    this.drains = drains(config.drains(), stores, processes.logs());
  }

  private static DrainSupervisor drains(DrainConfig config, Stores stores, ProcessLogs logs)
      throws StartupException {
    try {
      return new DrainSupervisor(
          config,
          new InstanceId(UUID.randomUUID().toString()),
          stores.drains(),
          stores.signals(),
          new DrainDeliveries(config, stores.apps(), logs, Clock.systemUTC()),
          Clock.systemUTC());
    } catch (IOException e) {
      throw new StartupException(
          "PLATFORM_DRAIN_CA_FILE cannot be used: name a file with certificates in PEM. (%s)"
              .formatted(e),
          e);
    }
  }

  /** Git's smart HTTP, for paths of its shape. */
  public Filter git() {
    return git;
  }

  /** Tells what is counted here. */
  public void register(PlatformMetrics metrics) {
    metrics.unsettled(builds);
    metrics.pushes(pushes.counts());
    metrics.threads(pushes.threads());
    metrics.threads(fetches.threads());
    metrics.threads(lfs.threads());
    metrics.threads(sources.threads());
    for (FollowerClient client : FollowerClient.values()) {
      metrics.followers(client.word(), follower.lag(client));
    }
  }

  /** Adds the API's routes. */
  public void register(JavalinConfig javalin) {
    api.register(javalin);
  }

  /**
   * Pushes, followed logs and connections to processes: closed before anything else stops, they
   * tell their clients.
   */
  public LongRequests requests() {
    return requests;
  }

  /** Repairs what an earlier process left, takes up its builds, and removes what is not kept. */
  public void start() {
    supervision.start();
    leases.start();
    job.start();
    drains.start();
  }

  /** Stops driving builds and delivering logs; the next start takes both up. */
  @Override
  public void close() {
    drains.close();
    job.close();
    supervision.close();
    leases.close();
  }
}
