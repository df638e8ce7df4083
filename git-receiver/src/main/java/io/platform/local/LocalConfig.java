package io.platform.local;

import io.platform.auth.AuthConfig;
import io.platform.auth.token.TokenConfig;
import io.platform.bootstrap.ConfigKeyFile;
import io.platform.bootstrap.ConfigKeySetting;
import io.platform.bootstrap.PlatformAddresses;
import io.platform.bootstrap.PlatformServicesConfig;
import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.metrics.MetricsAddress;
import io.platform.commons.settings.ListenAddress;
import io.platform.commons.settings.SettingsReader;
import io.platform.metrics.MetricsSetting;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.proxy.ProxySettings;
import io.platform.receiver.GitReceiverConfig;
import io.platform.release.ReleaseConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All settings of a platform on one machine, a record a concern.
 *
 * @param metrics where metrics are served; nowhere where it is empty
 * @param listen the address that it binds
 * @param tlsPort where apps' domains are served with HTTPS; nowhere where it is empty
 * @param hosts the platform's own host names
 * @param ownObjects whether objects are in a directory of the data directory's
 */
record LocalConfig(
    Path data,
    Optional<MetricsAddress> metrics,
    boolean ownObjects,
    ListenAddress listen,
    Optional<Integer> tlsPort,
    PlatformAddresses addresses,
    List<String> hosts,
    PlatformServicesConfig services,
    AuthConfig auth,
    GitReceiverConfig receiver,
    ReleaseConfig deployer,
    ProcessSettings processes,
    ProxySettings proxy) {

  /** Variables with the prefix that others read: the script and the command line. */
  static final List<String> OTHERS =
      List.of(
          "PLATFORM_JAVA_HOME", "PLATFORM_JAVA_OPTS", "PLATFORM_COMMAND", "PLATFORM_OBJECT_STORE");

  /** The base URL that users see. */
  URI publicUrl() {
    return addresses.publicUrl();
  }

  /**
   * Reads the settings.
   *
   * @param up what the command line says
   * @param home where the platform's own programs are
   */
  static LocalConfig read(UpOptions up, InstalledPrograms home, SettingsReader settings) {
    settings.logLevel("PLATFORM_LOG_LEVEL");
    PlatformAddresses addresses =
        new PlatformAddresses(
            up.url().orElse(URI.create("http://localhost:" + up.port())),
            platformUrl(up.listen(), up.port()));
    List<String> hosts = addresses.hosts(settings);
    return new LocalConfig(
        up.data(),
        MetricsSetting.address(settings),
        up.objectStore().isEmpty(),
        up.listen(),
        up.tlsPort(),
        addresses,
        hosts,
        new PlatformServicesConfig(
            DatabaseConfig.file(up.data().resolve("platform.db")),
            ConfigKeySetting.read(settings)
                .orElseGet(() -> new ConfigKeyFile(up.data().resolve("config-keys"))),
            up.objectStore().orElse(up.data().resolve("objects").toUri()),
            addresses),
        auth(up.data(), addresses.publicUrl(), settings),
        GitReceiverConfig.read(addresses, hosts, settings).asOnlyReceiver(),
        deployer(addresses, settings),
        processes(up, home, settings),
        ProxySettings.standard()
            .withFirstByte(settings.time("PLATFORM_APP_FIRST_BYTE", Duration.ofSeconds(30))));
  }

  private static ReleaseConfig deployer(PlatformAddresses addresses, SettingsReader settings) {
    ReleaseConfig defaults = ReleaseConfig.defaults(addresses.platformUrl());
    return defaults.withCommandLimit(
        settings.time("PLATFORM_RELEASE_COMMAND_TIME", defaults.commandLimit()));
  }

  private static URI platformUrl(ListenAddress listen, int port) {
    String host = listen.isWildcard() ? "127.0.0.1" : listen.inUrl();
    return URI.create("http://" + host + ":" + port);
  }

  private static AuthConfig auth(Path data, URI issuer, SettingsReader settings) {
    TokenConfig tokens = TokenConfig.defaults();
    return AuthConfig.in(data)
        .withIssuer(issuer)
        .withTokens(
            new TokenConfig(
                settings.time("PLATFORM_TOKEN_LIFETIME", tokens.lifetime()), tokens.keyAge()));
  }

  private static ProcessSettings processes(
      UpOptions up, InstalledPrograms home, SettingsReader settings) {
    ProcessSettings.Builds builds = ProcessSettings.Builds.DEFAULTS;
    ProcessSettings.Apps apps = ProcessSettings.Apps.DEFAULTS;
    ProcessSettings.Isolation isolation =
        settings.flag("PLATFORM_REQUIRE_SANDBOX", false)
            ? ProcessSettings.Isolation.REQUIRED
            : ProcessSettings.Isolation.WHERE_POSSIBLE;
    return ProcessSettings.of(up.data(), home.builder(), home.runner())
        .with(isolation)
        .with(
            new ProcessSettings.Builds(
                settings.number("PLATFORM_CONCURRENT_BUILDS", builds.concurrent(), 1, 1000),
                builds.grace(),
                builds
                    .limits()
                    .withDisk(settings.bytes("PLATFORM_BUILD_DISK", builds.limits().diskBytes()))))
        .with(
            new ProcessSettings.Apps(
                settings.time("PLATFORM_APP_BOOT", apps.boot()),
                settings.time("PLATFORM_STEADY_TIME", apps.steady()),
                settings.timeOrZero("PLATFORM_APP_DRAIN", apps.drain()),
                settings.timeOrZero("PLATFORM_APP_GRACE", apps.grace()),
                apps.restarts(),
                new ProcessSettings.Ports(
                    settings.number("PLATFORM_APP_PORT_FIRST", apps.ports().first(), 1024, 65535),
                    settings.number("PLATFORM_APP_PORT_LAST", apps.ports().last(), 1024, 65535),
                    Stream.concat(Stream.of(up.port()), up.tlsPort().stream())
                        .collect(Collectors.toSet())),
                settings.valid(
                    "PLATFORM_APP_LOG_SIZE and PLATFORM_APP_LOG_AGE",
                    apps.logs(),
                    () ->
                        new ProcessSettings.Logs(
                            settings.bytes("PLATFORM_APP_LOG_SIZE", apps.logs().bytes()),
                            settings.time("PLATFORM_APP_LOG_AGE", apps.logs().age()),
                            apps.logs().lastLines())),
                apps.limits()
                    .withDisk(settings.bytes("PLATFORM_APP_DISK", apps.limits().diskBytes())),
                apps.starts()));
  }
}
