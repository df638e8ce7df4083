package io.platform.local;

import io.platform.access.AuthServerConfig;
import io.platform.access.TokenAuthenticator;
import io.platform.auth.AuthServer;
import io.platform.bootstrap.PlatformServices;
import io.platform.bootstrap.PublicPort;
import io.platform.bootstrap.Readiness;
import io.platform.bootstrap.ResourceStack;
import io.platform.bootstrap.StartupException;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.metrics.MetricsAddress;
import io.platform.commons.shutdown.ShutdownLimits;
import io.platform.deployer.Deployer;
import io.platform.domain.CertificateLimits;
import io.platform.domain.port.RunningProcesses;
import io.platform.domain.port.Stores;
import io.platform.metrics.PlatformMetrics;
import io.platform.process.ProcessAdapters;
import io.platform.proxy.AppHosts;
import io.platform.proxy.AppProxy;
import io.platform.receiver.GitReceiver;
import io.platform.storage.signed.SignedUrls;
import io.platform.tls.CertificateExpiry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** Composes the whole platform in one JVM, with the adapters of one machine, on one port. */
final class LocalPlatform implements AutoCloseable {
  private static final String RECEIVER = "git-receiver";

  private final ResourceStack parts;
  private final Optional<String> password;
  private final Optional<String> warning;
  private final Optional<MetricsAddress> metrics;
  private final Optional<Integer> tlsPort;

  private LocalPlatform(
      ResourceStack parts,
      Optional<String> password,
      Optional<String> warning,
      Optional<MetricsAddress> metrics,
      Optional<Integer> tlsPort) {
    this.parts = parts;
    this.password = password;
    this.warning = warning;
    this.metrics = metrics;
    this.tlsPort = tlsPort;
  }

  /** The first administrator's password, where this start made the account. */
  Optional<String> firstPassword() {
    return password;
  }

  /** Where metrics are served; empty where they are not. */
  Optional<MetricsAddress> metrics() {
    return metrics;
  }

  /** Where apps' domains are served with HTTPS; empty where they are not. */
  Optional<Integer> tlsPort() {
    return tlsPort;
  }

  /** What the operator should know about the sandbox. */
  Optional<String> warning() {
    return warning;
  }

  /** Starts everything; it serves when this returns. */
  static LocalPlatform start(LocalConfig config, ListeningPort port, AdminPassword adminPassword)
      throws IOException, StartupException {
    ResourceStack parts = new ResourceStack(ShutdownLimits.ofMachine());
    try {
      LocalServices opened = LocalServices.open(config, parts);
      return start(config, port, adminPassword, opened, parts);
    } catch (IOException | StartupException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /**
   * Starts everything else over the open services.
   *
   * @param parts closes the services, and from now on the rest
   */
  static LocalPlatform start(
      LocalConfig config,
      ListeningPort port,
      AdminPassword adminPassword,
      LocalServices opened,
      ResourceStack parts)
      throws IOException, StartupException {
    PlatformMetrics metrics = opened.metrics();
    PlatformServices services = opened.services();
    Stores stores = services.stores();
    Optional<LocalHttps> https = openHttps(config, services, parts);

    // Who may do what.
    AuthServer auth = parts.add("auth server", AuthServer.open(config.auth(), metrics.pools()));
    String clientSecret = SignedUrls.newSecret();
    auth.provisionClient(RECEIVER, clientSecret);
    TokenAuthenticator authenticator =
        parts.add(
            "client of the auth server",
            TokenAuthenticator.of(
                new AuthServerConfig(
                    config.publicUrl(), config.addresses().platformUrl(), RECEIVER, clientSecret)));

    // What runs.
    AppHosts hosts =
        new AppHosts(
            config.addresses().domain(),
            config.hosts(),
            stores.apps(),
            stores.releases(),
            stores.maintenance());
    AppProxy proxy =
        new AppProxy(
            hosts::isOwn,
            hosts::state,
            hosts::maintenancePage,
            host -> Optional.empty(),
            config.proxy());
    ProcessAdapters processes =
        parts.add(
            "builds and apps",
            ProcessAdapters.open(config.processes(), proxy),
            ProcessAdapters.CLOSING);
    https.map(LocalHttps::redirects).ifPresent(proxy::serveHttps);
    proxy.logTo(processes.routerLog());
    parts.add("events in apps' logs", processes.logEvents(stores.events(), stores.signals()));

    // The flow: push, build, release, roll-out.
    GitReceiver receiver =
        new GitReceiver(
            config.receiver(),
            services,
            opened.repositories(),
            authenticator,
            processes.builds(),
            new RunningProcesses(processes.states(), processes.oneOffs(), processes.logs()));
    Deployer deployer =
        new Deployer(
            config.deployer(), services, processes.apps(), processes.releaseCommands(), metrics);
    receiver.register(metrics);
    metrics.proxy(proxy.responses());

    // The handlers, all on one port.
    Readiness readiness = new Readiness();
    parts.add(
        "HTTP server",
        PublicPort.serve(
            port,
            https.map(LocalHttps::port),
            proxy,
            readiness.before(metrics.git(receiver.git())),
            javalin -> {
              metrics.http(javalin);
              readiness.register(javalin);
              auth.register(javalin);
              receiver.register(javalin);
              deployer.register(javalin);
            }));

    // The first administrator, before anybody can be told that the platform is up.
    Optional<String> password = adminPassword.ensureAccount(auth);
    parts.add("git receiver", receiver).start();
    parts.add("deployer", deployer).start();
    parts.add("requests of clients", receiver.requests());
    parts.add(
        "expiry of certificates",
        CertificateExpiry.start(
            services.stores().certificates(),
            CertificateLimits.defaults(),
            InstantSource.system()));
    readiness.ready();
    return new LocalPlatform(
        parts, password, processes.warning(), metrics.served(), https.map(LocalHttps::number));
  }

  private static Optional<LocalHttps> openHttps(
      LocalConfig config, PlatformServices services, ResourceStack parts) throws IOException {
    if (config.tlsPort().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        parts.add(
            "HTTPS",
            LocalHttps.open(
                config.listen(),
                config.tlsPort().get(),
                services.stores().certificates(),
                services.stores().signals())));
  }

  /** Stops in order: nobody comes in, builds and apps stop, then the services are closed. */
  @Override
  public void close() {
    parts.close();
  }
}
