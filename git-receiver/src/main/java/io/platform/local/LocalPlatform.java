package io.platform.local;

import io.platform.access.AuthServerConfig;
import io.platform.access.TokenAuthenticator;
import io.platform.app.LocalSignals;
import io.platform.auth.AuthServer;
import io.platform.deployer.Deployer;
import io.platform.process.LocalProcesses;
import io.platform.proxy.AppHosts;
import io.platform.proxy.AppProxy;
import io.platform.receiver.GitReceiver;
import io.platform.receiver.repo.DirectoryRepositories;
import io.platform.receiver.repo.Repositories;
import io.platform.server.Closing;
import io.platform.server.Foundation;
import io.platform.server.HttpPort;
import io.platform.server.Readiness;
import io.platform.server.StartFailed;
import io.platform.storage.DirectUrls;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The whole platform in one JVM: every room, wired with the adapters of one machine, behind one
 * port.
 */
final class LocalPlatform implements AutoCloseable {
  private static final String RECEIVER = "git-receiver";

  private final Closing parts;
  private final Optional<String> password;
  private final Optional<String> warning;

  private LocalPlatform(Closing parts, Optional<String> password, Optional<String> warning) {
    this.parts = parts;
    this.password = password;
    this.warning = warning;
  }

  /** The first administrator's password, where this start made the account. */
  Optional<String> firstPassword() {
    return password;
  }

  /** What the operator should know about the sandbox. */
  Optional<String> warning() {
    return warning;
  }

  /** Starts everything; it serves when this returns. */
  static LocalPlatform start(LocalConfig config, AdminPassword adminPassword, Decoration decoration)
      throws IOException, StartFailed {
    Closing parts = new Closing();
    try {
      return start(config, adminPassword, decoration, parts);
    } catch (IOException | StartFailed | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static LocalPlatform start(
      LocalConfig config, AdminPassword adminPassword, Decoration decoration, Closing parts)
      throws IOException, StartFailed {
    // What is foundation.
    Foundation opened = Foundation.open(config.foundation(), new LocalSignals(), parts);
    if (config.ownObjects()) {
      // This server's alone: no upload of another's is going on.
      opened.objects().sweep(Instant.now());
    }
    Foundation foundation =
        opened.with(decoration.stores(opened.stores()), decoration.objects(opened.objects()));
    Repositories repositories =
        decoration.repositories(
            parts.add(
                new DirectoryRepositories(
                    config.data().resolve("repos"), foundation.keys().clusterId())));

    // Who may do what.
    AuthServer auth = parts.add(AuthServer.open(config.auth()));
    String clientSecret = DirectUrls.newSecret();
    auth.provisionClient(RECEIVER, clientSecret);
    TokenAuthenticator authenticator =
        parts.add(
            TokenAuthenticator.of(
                new AuthServerConfig(
                    config.publicUrl(), config.addresses().platformUrl(), RECEIVER, clientSecret)));

    // What runs.
    AppHosts hosts =
        new AppHosts(
            config.addresses().domain(),
            config.hosts(),
            foundation.stores().apps(),
            foundation.stores().releases());
    AppProxy proxy = new AppProxy(hosts::isOwn, hosts::state, config.proxy());
    LocalProcesses processes = parts.add(LocalProcesses.open(config.processes(), proxy));

    // The flow: push, build, release, roll-out.
    GitReceiver receiver =
        new GitReceiver(
            config.receiver(),
            foundation,
            repositories,
            authenticator,
            decoration.builds(processes.builds()),
            processes.states());
    Deployer deployer =
        new Deployer(config.deployer(), foundation, decoration.apps(processes.apps()));

    // The doors, all on one port.
    Readiness readiness = new Readiness();
    parts.add(
        HttpPort.open(
            config.listen(),
            config.port(),
            proxy,
            readiness.before(receiver.git()),
            javalin -> {
              readiness.register(javalin);
              auth.register(javalin);
              receiver.register(javalin);
              deployer.register(javalin);
            }));

    // The first administrator, before anybody can be told that the platform is up.
    Optional<String> password = adminPassword.ensureAccount(auth);
    parts.add(receiver).start();
    parts.add(deployer).start();
    readiness.ready();
    return new LocalPlatform(parts, password, processes.warning());
  }

  /** Stops in order: nobody comes in, builds and apps stop, then what is foundation is closed. */
  @Override
  public void close() {
    parts.close();
  }
}
