package io.platform.process;

import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.ProcessLogs;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.RouterLog;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Traffic;
import io.platform.process.app.AppContext;
import io.platform.process.app.PortPool;
import io.platform.process.app.ProcessAppRuntime;
import io.platform.process.app.ProcessOneOffs;
import io.platform.process.app.ProcessReleaseCommands;
import io.platform.process.app.StartTurns;
import io.platform.process.build.ProcessBuildRunner;
import io.platform.process.log.AppLogLimits;
import io.platform.process.log.AppLogs;
import io.platform.process.sandbox.Bubblewrap;
import io.platform.process.sandbox.ControlGroups;
import io.platform.process.sandbox.DiskWatch;
import io.platform.process.sandbox.OrphanProcesses;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessGroup;
import io.platform.process.sandbox.ProcessLauncher;
import io.platform.process.sandbox.ProcessMessages;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.Sandbox;
import io.platform.process.sandbox.WorkDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds and apps as child processes of this server, on this machine. All of them end with the
 * server, however it ends. There is one for a data directory at a time.
 */
public final class ProcessAdapters implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessAdapters.class);

  private final ProcessSettings settings;
  private final ProcessLauncher launcher;
  private final DiskWatch disk;
  private final ControlGroups groups;
  private final ExecutorService background;
  private final WorkDirectories directories;
  private final ProcessBuildRunner builds;
  private final AppLogs logs;
  private final ProcessAppRuntime apps;
  private final ProcessReleaseCommands releaseCommands;
  private final ProcessOneOffs oneOffs;
  private final Optional<String> warning;

  /** How long {@link #close} takes at most. */
  public static final Duration CLOSING = Duration.ofSeconds(55);

  private static final Duration BUILD_GRACE = Duration.ofSeconds(10);
  private static final Duration APP_GRACE = Duration.ofSeconds(30);
  private static final Duration ONE_OFF_GRACE = Duration.ofSeconds(5);
  private static final Duration REMOVING = Duration.ofSeconds(4);

  private record Chosen(Sandbox sandbox, Optional<String> warning) {}

  private ProcessAdapters(
      ProcessSettings settings,
      Traffic traffic,
      ProcessLauncher launcher,
      Function<String, ControlGroups> groups)
      throws IOException {
    this.settings = settings;
    this.launcher = launcher;
    Path data = Files.createDirectories(settings.data()).toRealPath();
    String owner = OrphanProcesses.owner(data);
    int left = OrphanProcesses.sweep(owner);
    if (left > 0) {
      LOG.info("ended {} processes that an earlier server left behind", left);
    }
    this.background = Executors.newVirtualThreadPerTaskExecutor();
    this.directories = new WorkDirectories(launcher, data.resolve("work/removed"), background);
    directories.remove(data.resolve("work/builds"));
    directories.remove(data.resolve("work/apps"));
    Chosen chosen = choose(settings.isolation(), launcher, data, owner);
    this.warning = chosen.warning();
    this.disk = new DiskWatch(launcher, data, chosen.sandbox().isolated());
    this.groups = groups.apply(owner);
    ProcessContext context =
        new ProcessContext(data, owner, launcher, chosen.sandbox(), directories, disk, this.groups);
    this.builds = new ProcessBuildRunner(context, settings);
    this.logs =
        new AppLogs(
            data.resolve("logs/apps"),
            AppLogLimits.defaults()
                .keeping(settings.apps().logs().bytes(), settings.apps().logs().age()));
    AppContext appContext =
        new AppContext(
            context,
            settings.apps(),
            settings.runner(),
            new PortPool(settings.apps().ports()),
            new StartTurns(settings.apps().starts()),
            background);
    this.apps = new ProcessAppRuntime(appContext, traffic, logs);
    this.releaseCommands = new ProcessReleaseCommands(appContext);
    this.oneOffs = new ProcessOneOffs(appContext, logs, apps);
  }

  /**
   * Ends and removes what an earlier server of the same data left behind, and finds out whether
   * sandboxes work.
   *
   * @throws IOException where the data directory cannot be used, or where sandboxes are required
   *     and do not work; the message is for the operator
   */
  public static ProcessAdapters open(ProcessSettings settings, Traffic traffic) throws IOException {
    return open(settings, traffic, ControlGroups::open);
  }

  /**
   * As {@link #open(ProcessSettings, Traffic)}.
   *
   * @param groups the control groups of the server with this mark
   */
  static ProcessAdapters open(
      ProcessSettings settings, Traffic traffic, Function<String, ControlGroups> groups)
      throws IOException {
    ProcessLauncher launcher = new ProcessLauncher();
    try {
      return new ProcessAdapters(settings, traffic, launcher, groups);
    } catch (IOException | RuntimeException failed) {
      launcher.close();
      throw failed;
    }
  }

  private static Chosen choose(
      ProcessSettings.Isolation isolation, ProcessLauncher launcher, Path data, String owner)
      throws IOException {
    Sandbox session = new ProcessGroup(launcher, owner);
    if (isolation == ProcessSettings.Isolation.NONE) {
      return new Chosen(
          session, Optional.of(ProcessMessages.withoutSandbox("the settings say so")));
    }
    return switch (Bubblewrap.probe(launcher, data, data.resolve("work/etc"))) {
      case Bubblewrap.Probe.Works works -> new Chosen(works.sandbox(), works.sandbox().lacks());
      case Bubblewrap.Probe.Fails fails -> {
        if (isolation == ProcessSettings.Isolation.REQUIRED) {
          throw new IOException(ProcessMessages.sandboxRequired(fails.why()));
        }
        yield new Chosen(session, Optional.of(ProcessMessages.withoutSandbox(fails.why())));
      }
    };
  }

  /** Runs builders. */
  public BuildRunner builds() {
    return builds;
  }

  /** Runs apps. */
  public AppRuntime apps() {
    return apps;
  }

  /** Runs the commands of releases. */
  public ReleaseCommands releaseCommands() {
    return releaseCommands;
  }

  /** Tells how the processes of apps are. */
  public ProcessStates states() {
    return apps;
  }

  /** Writes the events of apps into their logs from now on, until closed. */
  public Subscription logEvents(AppEvents events, Signals signals) {
    return apps.logEvents(events, signals);
  }

  /** Writes requests into the logs of apps. */
  public RouterLog routerLog() {
    return apps.routerLog();
  }

  /** Reads the logs of apps. */
  public ProcessLogs logs() {
    return logs;
  }

  /** Runs commands of users. */
  public OneOffProcesses oneOffs() {
    return oneOffs;
  }

  /** What the operator should know: that there are no sandboxes, or weaker ones, and why. */
  public Optional<String> warning() {
    return warning;
  }

  private static Duration atMost(Duration grace, Duration limit) {
    return grace.compareTo(limit) < 0 ? grace : limit;
  }

  /**
   * Stops builds, then apps: SIGTERM, and SIGKILL after the grace of each, which is bounded here.
   * Returns when nothing runs any more.
   */
  @Override
  public void close() {
    builds.close(atMost(settings.builds().grace(), BUILD_GRACE));
    oneOffs.close(ONE_OFF_GRACE);
    releaseCommands.close(atMost(settings.apps().grace(), APP_GRACE));
    apps.close(atMost(settings.apps().grace(), APP_GRACE));
    logs.close();
    directories.close();
    BoundedStop.stop("removal of work directories", background, REMOVING);
    disk.close();
    groups.close();
    launcher.close();
  }
}
