package io.platform.receiver;

import io.platform.api.ApiConfig;
import io.platform.bootstrap.PlatformAddresses;
import io.platform.build.LeaseConfig;
import io.platform.build.SupervisorConfig;
import io.platform.commons.settings.SettingsReader;
import io.platform.domain.DrainLimits;
import io.platform.domain.Infrastructure;
import io.platform.domain.RetentionLimits;
import io.platform.domain.ScaleLimits;
import io.platform.drain.DrainConfig;
import io.platform.git.http.fetch.FetchLimits;
import io.platform.git.http.lfs.LfsLimits;
import io.platform.git.pack.PackLimits;
import io.platform.git.push.PushLimits;
import io.platform.git.push.PushTimes;
import io.platform.retention.RetentionConfig;
import io.platform.slug.BuildJob;
import java.util.List;

/**
 * The settings of pushes, builds, the API, retention and log drains.
 *
 * @param privatePages whether pages for maintenance may come from addresses that are not public
 */
public record GitReceiverConfig(
    PlatformAddresses addresses,
    PushLimits pushes,
    FetchLimits fetches,
    PackLimits packs,
    LfsLimits lfs,
    SupervisorConfig supervisor,
    ApiConfig api,
    RetentionConfig retention,
    DrainConfig drains,
    boolean privatePages) {
  /** Thousandths of a core in one. */
  private static final int MILLI = 1000;

  /**
   * Reads the settings of a receiver that may have others beside it.
   *
   * @param hosts the platform's own host names
   */
  public static GitReceiverConfig read(
      PlatformAddresses addresses, List<String> hosts, SettingsReader settings) {
    RetentionConfig retention = retention(settings);
    PushLimits pushes = pushes(settings);
    DrainConfig drains = DrainConfig.read(settings);
    return new GitReceiverConfig(
        addresses,
        pushes,
        fetches(settings, pushes),
        packs(settings, pushes),
        LfsLimits.defaults()
            .withSizes(
                pushes.objectBytes(),
                settings.bytes("PLATFORM_MAX_LFS", LfsLimits.defaults().appBytes())),
        supervisor(addresses, settings),
        new ApiConfig(
            new ApiConfig.Addresses(
                addresses.publicUrl(),
                addresses.platformUrl(),
                addresses.reportsUrl(),
                addresses.issuer(),
                hosts),
            workloads(settings),
            users(drains.limits(), settings)),
        retention,
        drains,
        settings.flag("PLATFORM_PAGE_PRIVATE_ADDRESSES", false));
  }

  /** The same for apps that run on this. */
  GitReceiverConfig on(Infrastructure infrastructure) {
    return new GitReceiverConfig(
        addresses,
        pushes,
        fetches,
        packs,
        lfs,
        supervisor,
        api.on(infrastructure),
        retention,
        drains,
        privatePages);
  }

  /** The same for a receiver that knows that no other one is alive. */
  public GitReceiverConfig asOnlyReceiver() {
    return new GitReceiverConfig(
        addresses,
        pushes,
        fetches,
        packs,
        lfs,
        supervisor.asOnlyReceiver(),
        api,
        retention,
        drains.asOnlyProgram(),
        privatePages);
  }

  private static PushLimits pushes(SettingsReader settings) {
    PushLimits defaults = PushLimits.defaults();
    return new PushLimits(
        settings.bytes("PLATFORM_MAX_PACK", defaults.packBytes()),
        settings.bytes("PLATFORM_MAX_OBJECT", defaults.objectBytes()),
        settings.bytes("PLATFORM_MAX_CHECKOUT", defaults.checkoutBytes()),
        settings.number("PLATFORM_CONCURRENT_RECEIVES", defaults.concurrentReceives(), 1, 1000),
        settings.time("PLATFORM_BUILD_TIME", defaults.buildTime()),
        defaults
            .refs()
            .withRefs(
                settings.number("PLATFORM_MAX_PUSH_REFS", defaults.refs().perPush(), 1, 1_000_000),
                settings.number(
                    "PLATFORM_MAX_REFS", defaults.refs().perRepository(), 1, 1_000_000)),
        new PushTimes(
            settings.time("PLATFORM_PUSH_TIME", defaults.times().whole()),
            settings.time("PLATFORM_STORE_PATIENCE", defaults.times().storeRetryTime()),
            defaults.times().bytesPerSecond()),
        defaults
            .uploads()
            .withPerUser(
                settings.number("PLATFORM_UPLOADS_PER_USER", defaults.uploads().perUser(), 1, 64)));
  }

  /** As many wants as a repository may have refs: a clone asks for each. */
  private static FetchLimits fetches(SettingsReader settings, PushLimits pushes) {
    FetchLimits defaults = FetchLimits.defaults();
    int concurrent = settings.number("PLATFORM_CONCURRENT_FETCHES", defaults.concurrent(), 1, 1000);
    return new FetchLimits(
        (int)
            Math.min(
                Integer.MAX_VALUE,
                settings.bytes("PLATFORM_MAX_FETCH_REQUEST", defaults.requestBytes())),
        settings.number(
            "PLATFORM_MAX_FETCH_WANTS",
            Math.max(defaults.wants(), pushes.refs().perRepository()),
            1,
            10_000_000),
        settings.number("PLATFORM_MAX_FETCH_HAVES", defaults.haves(), 1, 10_000_000),
        defaults.otherLines(),
        settings.time("PLATFORM_FETCH_CPU_TIME", defaults.cpuTime()),
        concurrent,
        settings.number("PLATFORM_FETCHES_PER_USER", Math.max(1, concurrent / 2), 1, 1000),
        defaults.waiting(),
        defaults.maxWait(),
        settings.bytes("PLATFORM_FETCH_MEMORY", defaults.memoryBytes()),
        defaults.slowest(),
        defaults.window());
  }

  private static PackLimits packs(SettingsReader settings, PushLimits pushes) {
    PackLimits defaults = PackLimits.defaults();
    return defaults
        .withSizes(pushes.packBytes(), pushes.objectBytes())
        .withTotals(
            settings.number("PLATFORM_MAX_OBJECTS", defaults.objects(), 1, PackLimits.MOST_OBJECTS),
            settings.bytes("PLATFORM_MAX_UNPACKED", defaults.unpackedBytes()))
        .withMemory(settings.bytes("PLATFORM_RECEIVE_MEMORY", defaults.memoryBytes()));
  }

  private static SupervisorConfig supervisor(PlatformAddresses addresses, SettingsReader settings) {
    SupervisorConfig defaults = SupervisorConfig.defaults(addresses.platformUrl());
    return new SupervisorConfig(
        addresses.platformUrl(),
        settings.time("PLATFORM_BUILD_TIME", defaults.buildTime()),
        settings.timeOrZero("PLATFORM_LOST_AFTER", defaults.lostAfter()),
        settings.timeOrZero("PLATFORM_SEAL_AFTER", defaults.archiveAfter()),
        defaults.lookEvery(),
        defaults.retryAfter(),
        new LeaseConfig(
            settings.time("PLATFORM_RECEIVE_LEASE", defaults.leases().duration()),
            defaults.leases().receivers()));
  }

  private static ApiConfig.WorkloadLimits workloads(SettingsReader settings) {
    ApiConfig.WorkloadLimits defaults = ApiConfig.WorkloadLimits.defaults();
    return new ApiConfig.WorkloadLimits(
        new BuildJob.Limits(
            settings.bytes("PLATFORM_MAX_SLUG", defaults.builds().slugBytes()),
            settings.bytes("PLATFORM_MAX_CHECKOUT", defaults.builds().sourceBytes())),
        settings.time("PLATFORM_OBJECT_URL_VALIDITY", defaults.urlValidity()),
        settings.bytes("PLATFORM_MAX_LOG", defaults.logBytes()));
  }

  private static ApiConfig.UserLimits users(DrainLimits drains, SettingsReader settings) {
    ApiConfig.UserLimits defaults = ApiConfig.UserLimits.defaults();
    return new ApiConfig.UserLimits(
        defaults.destroyWait(),
        drains,
        defaults
            .oneOffs()
            .withLifetime(settings.time("PLATFORM_RUN_TIME", defaults.oneOffs().lifetime())),
        scale(settings));
  }

  private static ScaleLimits scale(SettingsReader settings) {
    ScaleLimits defaults = ScaleLimits.defaults();
    int quantity = settings.number("PLATFORM_MAX_PROCESSES", defaults.quantity(), 1, 10_000);
    long memory = settings.bytes("PLATFORM_MAX_PROCESS_MEMORY", defaults.mostMemory());
    int cores =
        settings.number("PLATFORM_MAX_PROCESS_CPU", defaults.mostMilliCpu() / MILLI, 1, 10_000);
    return settings.valid(
        "PLATFORM_MAX_PROCESS_MEMORY",
        defaults,
        () -> defaults.withMost(quantity, memory, cores * MILLI));
  }

  private static RetentionConfig retention(SettingsReader settings) {
    RetentionConfig defaults = RetentionConfig.DEFAULTS;
    RetentionLimits limits = defaults.limits();
    return new RetentionConfig(
        new RetentionLimits(
            settings.number("PLATFORM_KEEP_BUILDS", limits.builds(), 1, 100_000),
            settings.number(
                "PLATFORM_KEEP_RELEASES",
                limits.releases(),
                RetentionLimits.LEAST_RELEASES,
                100_000)),
        settings.time("PLATFORM_ORPHAN_AGE", defaults.orphanAge()),
        settings.time("PLATFORM_RETENTION_EVERY", defaults.every()),
        settings.flag("PLATFORM_RETENTION_DRY_RUN", defaults.dryRun()));
  }
}
