package io.platform.process.app;

import io.platform.commons.console.TerminalText;
import io.platform.commons.file.FileFailure;
import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessMetadata;
import io.platform.domain.ProcessName;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutNotice;
import io.platform.domain.TerminalSize;
import io.platform.domain.port.RunSpec;
import io.platform.process.log.AppLog;
import io.platform.process.sandbox.AttachedChild;
import io.platform.process.sandbox.ChildProcess;
import io.platform.process.sandbox.LineTail;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.ProcessSpec;
import io.platform.slug.ConfigVars;
import io.platform.slug.ProcessTypes;
import io.platform.slug.RunnerVariables;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of a release, from its start to its end, with its directory and, where it is a web
 * process, its port.
 */
final class AppProcess {
  /** The result of a start. */
  sealed interface Boot {
    /**
     * It is up.
     *
     * @param address where a web process answers; empty for others
     */
    record Up(Optional<InetSocketAddress> address) implements Boot {}

    /** It did not come up. */
    record Down(ReleaseFailureCause cause) implements Boot {
      /** Whether that is because somebody else listens on its port. */
      boolean portTaken() {
        return cause instanceof ReleaseFailureCause.PortTaken;
      }
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(AppProcess.class);

  private final ProcessSettings.Apps settings;
  private final RunSpec spec;
  private final ProcessName name;
  private final Optional<Integer> port;
  private final LineTail tail;
  private final AppChild running;
  private final ChildProcess child;

  private AppProcess(
      ProcessSettings.Apps settings,
      RunSpec spec,
      ProcessName name,
      Optional<Integer> port,
      LineTail tail,
      AppChild running) {
    this.settings = settings;
    this.spec = spec;
    this.name = name;
    this.port = port;
    this.tail = tail;
    this.running = running;
    this.child = running.child();
  }

  /**
   * Starts it.
   *
   * @param directoryName that of no other process of the app, such as {@code v3-1}
   */
  static AppProcess start(
      AppContext apps, RunSpec spec, ProcessName name, String directoryName, AppLog log)
      throws IOException {
    ProcessContext context = apps.context();
    Path directory = apps.directory(spec.app()).resolve(directoryName);
    List<String> writable = List.of("app", "tmp");
    Optional<Integer> port =
        name.type().equals(ProcessTypes.WEB) ? Optional.of(apps.ports().take()) : Optional.empty();
    LineTail tail = new LineTail(apps.settings().logs().lastLines());
    try {
      context.directories().make(directory, writable);
      ProcessSpec processSpec =
          new ProcessSpec(
              spec.app().path() + "/" + directoryName,
              directory,
              writable,
              apps.runner(),
              environment(context, spec, name, directory, port),
              apps.settings().limits().withSize(spec.app().formation().size(name.type())));
      ChildProcess child = context.start(processSpec, new AppOutput(name, tail, log));
      CompletableFuture<Void> gone =
          child
              .ended()
              .thenRunAsync(
                  () -> {
                    port.ifPresent(apps.ports()::release);
                    context.directories().remove(directory);
                  },
                  apps.background());
      return new AppProcess(
          apps.settings(), spec, name, port, tail, new AppChild(context, processSpec, child, gone));
    } catch (IOException failed) {
      port.ifPresent(apps.ports()::release);
      context.directories().remove(directory);
      throw failed;
    }
  }

  /** What a process of a release, or its release command, finds in its environment. */
  static Map<String, String> environment(
      ProcessContext context,
      RunSpec spec,
      ProcessName name,
      Path directory,
      Optional<Integer> port) {
    Map<String, String> environment = context.environment(directory);
    environment.putAll(ConfigVars.toEnvironment(spec.release().config().vars()));
    environment.remove(ConfigVars.variable("PORT"));
    environment.remove(ConfigVars.variable("DYNO"));
    environment.putAll(ProcessMetadata.of(spec.app(), spec.release()));
    spec.app()
        .formation()
        .size(name.type())
        .memory()
        .ifPresent(bytes -> environment.put("PLATFORM_MEMORY", bytes.toString()));
    environment.put("PLATFORM_URL", spec.platformUrl().toString());
    environment.put("PLATFORM_RELEASE", spec.release().id().value());
    environment.put("PLATFORM_TOKEN", spec.token());
    environment.put("PLATFORM_PROCESS", name.type());
    environment.put("PLATFORM_APP_DIR", context.sandbox().seen(directory, "app"));
    if (context.sandbox().isolated()) {
      environment.put(RunnerVariables.INIT, "wait");
    }
    environment.put("DYNO", name.toString());
    port.ifPresent(number -> environment.put("PORT", Integer.toString(number)));
    return environment;
  }

  static ReleaseFailureCause notStarted(IOException e) {
    return e instanceof NoFreePortException ports
        ? new ReleaseFailureCause.NoFreePort(ports.first(), ports.last())
        : new ReleaseFailureCause.NotStarted(TerminalText.inline(FileFailure.reason(e)));
  }

  /** The port that a web process was given. */
  Optional<Integer> port() {
    return port;
  }

  /**
   * Waits until it answers, or, where it has no port, until it has run for a while.
   *
   * @param notices takes what is seen meanwhile
   */
  Boot boot(Consumer<RolloutNotice> notices) {
    return port.map(number -> bootWeb(number, notices)).orElseGet(this::bootWithoutPort);
  }

  /**
   * Its health checks.
   *
   * @param address where a web process answers
   */
  private ProcessHealth health(Optional<InetSocketAddress> address) {
    CheckedProcess checked =
        new CheckedProcess() {
          @Override
          public Optional<InetSocketAddress> listensOn(Optional<Integer> number) {
            return number.isPresent() ? AppProcess.this.listensOn(number.get()) : address;
          }

          @Override
          public AttachedChild start(String command) throws IOException {
            return exec(command, Map.of(), Optional.empty());
          }
        };
    return new ProcessHealth(
        name,
        spec.release().appJson(),
        new HealthProbe(checked, spec.app().host()),
        child::endsWithin);
  }

  /** Watches a process that is up, as {@link ProcessHealth#watch} does. */
  Optional<ReleaseFailureCause> watch(
      Optional<InetSocketAddress> address, Consumer<Optional<ReleaseFailureCause>> readiness) {
    return health(address).watch(readiness);
  }

  private Boot checked(Optional<InetSocketAddress> address) {
    Optional<ReleaseFailureCause> failed = health(address).awaitStart();
    if (failed.isPresent()) {
      return new Boot.Down(failed.get());
    }
    return child.endsWithin(Duration.ZERO)
        ? new Boot.Down(
            new ReleaseFailureCause.DidNotStayUp(
                name.toString(), child.ended().join(), child.detail(), Optional.empty()))
        : new Boot.Up(address);
  }

  private Boot bootWithoutPort() {
    if (!child.endsWithin(settings.steady())) {
      return checked(Optional.empty());
    }
    return new Boot.Down(
        new ReleaseFailureCause.DidNotStayUp(
            name.toString(), child.ended().join(), child.detail(), Optional.empty()));
  }

  private Boot bootWeb(int number, Consumer<RolloutNotice> notices) {
    Duration limit = settings.boot();
    IntConsumer elsewhere =
        other ->
            notices.accept(
                new RolloutNotice.ListensElsewhere(name.toString(), other, number, limit));
    return switch (PortReadiness.await(child, number, limit, elsewhere)) {
      case PortReadiness.Result.Listens listens -> checked(Optional.of(listens.address()));
      case PortReadiness.Result.Ended ended ->
          new Boot.Down(
              new ReleaseFailureCause.Exited(ended.exitCode(), child.detail(), Optional.empty()));
      case PortReadiness.Result.Taken taken -> {
        LOG.warn("port {} of app {}: {} listens there", number, running.spec().name(), taken.by());
        yield new Boot.Down(
            new ReleaseFailureCause.PortTaken(number, running.context().sandbox().isolated()));
      }
      case PortReadiness.Result.Silent silent ->
          new Boot.Down(
              new ReleaseFailureCause.DidNotListen(
                  number,
                  limit,
                  ListeningPorts.other(child.processes(), number),
                  Optional.empty()));
    };
  }

  List<String> lastLines() {
    return tail.get();
  }

  /** Why the platform itself ended it, where it did so for what the app did. */
  ExitDetail detail() {
    return child.detail();
  }

  /** All that it consists of now. */
  Set<ProcessHandle> processes() {
    return child.processes();
  }

  /** Where it listens on a port, for connections from this machine; empty where it does not. */
  Optional<InetSocketAddress> listensOn(int number) {
    return ListeningPorts.loopback(child.processes(), number);
  }

  /** Starts a command beside it: in its sandbox, with its directories and its environment. */
  AttachedChild exec(String command, Map<String, String> variables, Optional<TerminalSize> terminal)
      throws IOException {
    return running.exec(command, variables, terminal);
  }

  /** Completes with the exit code, when it has ended. */
  CompletableFuture<Integer> ended() {
    return child.ended();
  }

  /** Stops it, and returns when nothing of it is left. */
  void stop(Duration grace) {
    running.stop(grace);
  }
}
