package io.platform.local;

import io.platform.api.ApiConfig;
import io.platform.app.KeepLimits;
import io.platform.auth.AuthConfig;
import io.platform.auth.token.TokenConfig;
import io.platform.deployer.DeployerConfig;
import io.platform.process.ProcessSettings;
import io.platform.proxy.ProxySettings;
import io.platform.receiver.build.SupervisorConfig;
import io.platform.receiver.push.PushLimits;
import io.platform.retention.RetentionConfig;
import io.platform.settings.Settings;
import io.platform.slug.BuildJob;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All settings of a platform on one machine, a record a concern.
 *
 * @param listen the address that it binds
 * @param port where it listens
 * @param publicUrl the base URL that users see
 * @param objectStore where objects are; empty for a directory of the data directory's
 */
record LocalConfig(
    Path data,
    String listen,
    int port,
    URI publicUrl,
    Optional<URI> objectStore,
    AuthConfig auth,
    PushLimits pushes,
    SupervisorConfig supervisor,
    DeployerConfig deployer,
    ApiConfig api,
    RetentionConfig retention,
    ProcessSettings processes,
    ProxySettings proxy) {

  /** Variables with the prefix that others read: the script, the logging, the command line. */
  static final List<String> OTHERS =
      List.of(
          "PLATFORM_JAVA_HOME",
          "PLATFORM_JAVA_OPTS",
          "PLATFORM_COMMAND",
          "PLATFORM_LOG_LEVEL",
          "PLATFORM_OBJECT_STORE");

  /** Where objects are. */
  URI objectUrl() {
    return objectStore.orElse(data.resolve("objects").toUri());
  }

  /** Where builders and runners, on the same machine, find the platform. */
  URI platformUrl() {
    return platformUrl(listen, port);
  }

  /** The domain under which apps get their host names. */
  String domain() {
    return publicUrl.getHost();
  }

  /**
   * Reads the settings.
   *
   * @param up what the command line says
   * @param home where the platform's own programs are
   */
  static LocalConfig read(UpCommand up, Installation home, Settings settings) throws UpFailed {
    URI publicUrl = up.url().orElse(URI.create("http://localhost:" + up.port()));
    URI platformUrl = platformUrl(up.listen(), up.port());
    RetentionConfig retention = retention(settings);
    return new LocalConfig(
        up.data(),
        up.listen(),
        up.port(),
        publicUrl,
        up.objectStore(),
        auth(up.data(), publicUrl, settings),
        pushes(settings),
        supervisor(platformUrl, settings),
        DeployerConfig.defaults(platformUrl),
        api(publicUrl, platformUrl, settings).with(retention),
        retention,
        processes(up.data(), home, settings),
        ProxySettings.standard()
            .withFirstByte(settings.time("PLATFORM_APP_FIRST_BYTE", Duration.ofSeconds(30))));
  }

  private static URI platformUrl(String listen, int port) {
    boolean everywhere = listen.equals("0.0.0.0") || listen.equals("::");
    String host = everywhere ? "127.0.0.1" : listen.contains(":") ? "[" + listen + "]" : listen;
    return URI.create("http://" + host + ":" + port);
  }

  private static AuthConfig auth(Path data, URI issuer, Settings settings) {
    TokenConfig tokens = TokenConfig.defaults();
    return AuthConfig.in(data)
        .withIssuer(issuer)
        .withTokens(
            new TokenConfig(
                settings.time("PLATFORM_TOKEN_LIFETIME", tokens.lifetime()), tokens.keyAge()));
  }

  private static PushLimits pushes(Settings settings) {
    PushLimits defaults = PushLimits.defaults();
    return new PushLimits(
        settings.bytes("PLATFORM_MAX_PACK", defaults.packBytes()),
        settings.bytes("PLATFORM_MAX_OBJECT", defaults.objectBytes()),
        settings.bytes("PLATFORM_MAX_CHECKOUT", defaults.checkoutBytes()),
        settings.number("PLATFORM_CONCURRENT_RECEIVES", defaults.concurrentReceives(), 1, 1000),
        settings.time("PLATFORM_BUILD_TIME", defaults.buildTime()));
  }

  private static SupervisorConfig supervisor(URI platformUrl, Settings settings) {
    SupervisorConfig defaults = SupervisorConfig.defaults(platformUrl);
    return new SupervisorConfig(
        platformUrl,
        settings.time("PLATFORM_BUILD_TIME", defaults.buildTime()),
        settings.time("PLATFORM_LOST_AFTER", defaults.lostAfter()),
        settings.time("PLATFORM_SEAL_AFTER", defaults.sealAfter()),
        defaults.lookEvery(),
        defaults.retryAfter());
  }

  private static ApiConfig api(URI publicUrl, URI platformUrl, Settings settings) {
    ApiConfig defaults = ApiConfig.defaults(publicUrl, platformUrl, publicUrl);
    return new ApiConfig(
        publicUrl,
        platformUrl,
        publicUrl,
        new BuildJob.Limits(
            settings.bytes("PLATFORM_MAX_SLUG", defaults.limits().slugBytes()),
            settings.bytes("PLATFORM_MAX_CHECKOUT", defaults.limits().sourceBytes())),
        settings.time("PLATFORM_OBJECT_URL_VALIDITY", defaults.urlValidity()),
        settings.bytes("PLATFORM_MAX_LOG", defaults.logBytes()),
        defaults.destroyLimit());
  }

  private static RetentionConfig retention(Settings settings) {
    RetentionConfig defaults = RetentionConfig.DEFAULTS;
    KeepLimits keep = defaults.keep();
    return new RetentionConfig(
        new KeepLimits(
            settings.number("PLATFORM_KEEP_BUILDS", keep.builds(), 1, 100_000),
            settings.number(
                "PLATFORM_KEEP_RELEASES", keep.releases(), KeepLimits.LEAST_RELEASES, 100_000)),
        settings.time("PLATFORM_ORPHAN_AGE", defaults.orphanAge()),
        settings.time("PLATFORM_RETENTION_EVERY", defaults.every()),
        settings.flag("PLATFORM_RETENTION_DRY_RUN", defaults.dryRun()));
  }

  private static ProcessSettings processes(Path data, Installation home, Settings settings) {
    ProcessSettings.Builds builds = ProcessSettings.Builds.DEFAULTS;
    ProcessSettings.Apps apps = ProcessSettings.Apps.DEFAULTS;
    ProcessSettings.Isolation isolation =
        settings.flag("PLATFORM_REQUIRE_SANDBOX", false)
            ? ProcessSettings.Isolation.REQUIRED
            : ProcessSettings.Isolation.WHERE_POSSIBLE;
    return ProcessSettings.of(data, home.builder(), home.runner())
        .with(isolation)
        .with(
            new ProcessSettings.Builds(
                settings.number("PLATFORM_CONCURRENT_BUILDS", builds.concurrent(), 1, 1000),
                builds.grace(),
                builds.limits()))
        .with(
            new ProcessSettings.Apps(
                settings.time("PLATFORM_APP_BOOT", apps.boot()),
                settings.time("PLATFORM_APP_DRAIN", apps.drain()),
                settings.time("PLATFORM_APP_GRACE", apps.grace()),
                apps.restarts(),
                new ProcessSettings.Ports(
                    settings.number("PLATFORM_APP_PORT_FIRST", apps.ports().first(), 1024, 65535),
                    settings.number("PLATFORM_APP_PORT_LAST", apps.ports().last(), 1024, 65535)),
                apps.logs(),
                apps.limits()));
  }
}
