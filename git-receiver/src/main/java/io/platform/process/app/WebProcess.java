package io.platform.process.app;

import io.platform.domain.ExitDetail;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.port.RunSpec;
import io.platform.process.sandbox.ChildProcess;
import io.platform.process.sandbox.LineTail;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessSpec;
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
final class WebProcess {
  /** How its start went. */
  sealed interface Boot {
    record Up(InetSocketAddress address) implements Boot {}

    /** It did not come up. */
    record Down(ReleaseFailureCause cause) implements Boot {
      /** Whether that is because somebody else listens on its port. */
      boolean portTaken() {
        return cause instanceof ReleaseFailureCause.PortTaken;
      }
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(WebProcess.class);

  private final AppContext apps;
  private final String name;
  private final ChildProcess child;
  private final int port;
  private final LineTail tail;
  private final CompletableFuture<Integer> gone;

  private WebProcess(
      AppContext apps,
      String name,
      ChildProcess child,
      int port,
      LineTail tail,
      CompletableFuture<Integer> gone) {
    this.apps = apps;
    this.name = name;
    this.child = child;
    this.port = port;
    this.tail = tail;
    this.gone = gone;
  }

  /**
   * Starts it.
   *
   * @param name tells it from other processes of the app, such as {@code v3-1}
   */
  static WebProcess start(AppContext apps, RunSpec spec, String name, AppLog log)
      throws IOException {
    ProcessContext context = apps.context();
    Path directory = apps.directory(spec.app()).resolve(name);
    List<String> writable = List.of("app", "tmp");
    int port = apps.ports().take();
    LineTail tail = new LineTail(apps.settings().logs().lastLines());
    try {
      context.directories().make(directory, writable);
      ProcessSpec processSpec =
          new ProcessSpec(
              spec.app().path() + "/" + name,
              directory,
              writable,
              apps.runner(),
              environment(context, spec, directory, port),
              apps.settings().limits());
      ChildProcess child =
          context.start(
              processSpec,
              line -> {
                tail.add(line);
                log.add(name, line);
              });
      CompletableFuture<Integer> gone =
          child
              .ended()
              .thenApplyAsync(
                  exitCode -> {
                    apps.ports().release(port);
                    context.directories().remove(directory);
                    return exitCode;
                  },
                  apps.background());
      return new WebProcess(apps, processSpec.name(), child, port, tail, gone);
    } catch (IOException failed) {
      apps.ports().release(port);
      context.directories().remove(directory);
      throw failed;
    }
  }

  private static Map<String, String> environment(
      ProcessContext context, RunSpec spec, Path directory, int port) {
    Map<String, String> environment = context.environment(directory);
    environment.putAll(ConfigVars.toEnvironment(spec.release().config().vars()));
    environment.remove(ConfigVars.variable("PORT"));
    environment.put("PLATFORM_URL", spec.platformUrl().toString());
    environment.put("PLATFORM_RELEASE", spec.release().id().value());
    environment.put("PLATFORM_TOKEN", spec.token());
    environment.put("PLATFORM_PROCESS", "web");
    environment.put("PLATFORM_APP_DIR", context.sandbox().seen(directory, "app"));
    if (context.sandbox().isolated()) {
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
      case PortReadiness.Result.Listens listens -> new Boot.Up(listens.address());
      case PortReadiness.Result.Ended ended ->
          new Boot.Down(
              new ReleaseFailureCause.Exited(ended.exitCode(), child.detail(), Optional.empty()));
      case PortReadiness.Result.Taken taken -> {
        LOG.warn("port {} of app {}: {} listens there", port, name, taken.by());
        yield new Boot.Down(
            new ReleaseFailureCause.PortTaken(port, apps.context().sandbox().isolated()));
      }
      case PortReadiness.Result.Silent silent ->
          new Boot.Down(
              new ReleaseFailureCause.DidNotListen(
                  port, limit, ListeningPorts.other(child.processes(), port), Optional.empty()));
    };
  }

  List<String> lastLines() {
    return tail.get();
  }

  /** Why the platform itself ended it, where it did so for what the app did. */
  ExitDetail detail() {
    return child.detail();
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
