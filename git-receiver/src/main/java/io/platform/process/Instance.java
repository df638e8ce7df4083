package io.platform.process;

import io.platform.app.RunSpec;
import io.platform.slug.ConfigVars;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One web process of a release, from its start to its end, with its directory and its port. */
final class Instance {
  /** How its start went. */
  sealed interface Boot {
    record Up(InetSocketAddress address) implements Boot {}

    /**
     * It did not come up.
     *
     * @param portTaken whether that is because somebody else listens on its port
     */
    record Down(String why, boolean portTaken) implements Boot {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  private final AppHost apps;
  private final String name;
  private final Child child;
  private final int port;
  private final LastLines lastLines;
  private final CompletableFuture<Integer> gone;

  private Instance(
      AppHost apps,
      String name,
      Child child,
      int port,
      LastLines lastLines,
      CompletableFuture<Integer> gone) {
    this.apps = apps;
    this.name = name;
    this.child = child;
    this.port = port;
    this.lastLines = lastLines;
    this.gone = gone;
  }

  /**
   * Starts it.
   *
   * @param name tells it from other processes of the app, such as {@code v3-1}
   */
  static Instance start(AppHost apps, RunSpec spec, String name, AppLog log) throws IOException {
    Host host = apps.host();
    Path directory = apps.directory(spec.app()).resolve(name);
    List<String> writable = List.of("app", "tmp");
    int port = apps.ports().take();
    LastLines lastLines = new LastLines(apps.settings().logs().lastLines());
    try {
      host.directories().make(directory, writable);
      Launch launch =
          new Launch(
              spec.app().path() + "/" + name,
              directory,
              writable,
              apps.runner(),
              environment(host, spec, directory, port),
              apps.settings().limits());
      Child child =
          host.start(
              launch,
              new Output() {
                @Override
                public void line(String line) {
                  lastLines.add(line);
                  log.add(name, line);
                }

                @Override
                public void pause() {
                  log.flush();
                }
              });
      CompletableFuture<Integer> gone =
          child
              .ended()
              .thenApplyAsync(
                  exitCode -> {
                    apps.ports().giveBack(port);
                    host.directories().remove(directory);
                    return exitCode;
                  },
                  apps.background());
      return new Instance(apps, launch.name(), child, port, lastLines, gone);
    } catch (IOException failed) {
      apps.ports().giveBack(port);
      host.directories().remove(directory);
      throw failed;
    }
  }

  private static Map<String, String> environment(
      Host host, RunSpec spec, Path directory, int port) {
    Map<String, String> environment = host.environment(directory);
    environment.putAll(ConfigVars.toEnvironment(spec.release().config().vars()));
    environment.remove(ConfigVars.variable("PORT"));
    environment.put("PLATFORM_URL", spec.platformUrl().toString());
    environment.put("PLATFORM_RELEASE", spec.release().id().value());
    environment.put("PLATFORM_TOKEN", spec.token());
    environment.put("PLATFORM_PROCESS", "web");
    environment.put("PLATFORM_APP_DIR", host.box().seen(directory, "app"));
    if (host.box().sealed()) {
      environment.put("PLATFORM_INIT", "wait");
    }
    environment.put("PORT", Integer.toString(port));
    return environment;
  }

  int port() {
    return port;
  }

  Boot boot() {
    Duration limit = apps.settings().boot();
    return switch (apps.readiness().await(child, port, limit)) {
      case Readiness.Result.Listens listens -> new Boot.Up(listens.address());
      case Readiness.Result.Ended ended ->
          new Boot.Down(Words.endedEarly(ended.exitCode(), child.reason()), false);
      case Readiness.Result.Taken taken -> {
        LOG.warn("port {} of app {}: {} listens there", port, name, taken.by());
        yield new Boot.Down(Words.portTaken(port, apps.host().box().sealed()), true);
      }
      case Readiness.Result.Silent silent ->
          new Boot.Down(
              Words.silent(port, limit, ListeningPorts.other(child.processes(), port)), false);
    };
  }

  List<String> lastLines() {
    return lastLines.get();
  }

  /** Why the platform itself ended it, where it did so for what the app did. */
  Optional<String> reason() {
    return child.reason();
  }

  /** Completes with the exit code, when it has ended. */
  CompletableFuture<Integer> ended() {
    return child.ended();
  }

  /** Stops it, and returns when nothing of it is left. */
  void stop(Duration grace) {
    child.stop(grace);
    gone.join();
  }
}
