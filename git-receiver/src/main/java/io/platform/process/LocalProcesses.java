package io.platform.process;

import io.platform.app.AppRuntime;
import io.platform.app.BuildRunner;
import io.platform.app.ProcessStates;
import io.platform.app.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds and apps as child processes of this server, on this machine. All of them end with the
 * server, however it ends. There is one for a data directory at a time.
 */
public final class LocalProcesses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalProcesses.class);

  private final ProcessSettings settings;
  private final Spawner spawner;
  private final DiskWatch disk;
  private final ExecutorService background;
  private final LocalBuilds builds;
  private final LocalApps apps;
  private final Optional<String> warning;

  private record Chosen(Box box, Optional<String> warning) {}

  private LocalProcesses(ProcessSettings settings, Traffic traffic, Spawner spawner)
      throws IOException {
    this.settings = settings;
    this.spawner = spawner;
    Path data = Files.createDirectories(settings.data()).toRealPath();
    String owner = Leftovers.owner(data);
    int left = Leftovers.sweep(owner);
    if (left > 0) {
      LOG.info("ended {} processes that an earlier server left behind", left);
    }
    WorkDirectories directories = new WorkDirectories(spawner);
    directories.remove(data.resolve("work/builds"));
    directories.remove(data.resolve("work/apps"));
    Chosen chosen = choose(settings.isolation(), spawner, data, owner);
    this.warning = chosen.warning();
    this.background = Executors.newVirtualThreadPerTaskExecutor();
    this.disk = new DiskWatch(spawner, data);
    Host host = new Host(data, owner, spawner, chosen.box(), directories, disk);
    this.builds = new LocalBuilds(host, settings);
    this.apps =
        new LocalApps(
            new AppHost(
                host,
                settings.apps(),
                settings.runner(),
                traffic,
                new PortPool(settings.apps().ports()),
                new Readiness(),
                background));
  }

  /**
   * Ends and removes what an earlier server of the same data left behind, and finds out whether
   * sandboxes work.
   *
   * @throws IOException where the data directory cannot be used, or where sandboxes are required
   *     and do not work; the message is for the operator
   */
  public static LocalProcesses open(ProcessSettings settings, Traffic traffic) throws IOException {
    Spawner spawner = new Spawner();
    try {
      return new LocalProcesses(settings, traffic, spawner);
    } catch (IOException | RuntimeException failed) {
      spawner.close();
      throw failed;
    }
  }

  private static Chosen choose(
      ProcessSettings.Isolation isolation, Spawner spawner, Path data, String owner)
      throws IOException {
    Box session = new Session(spawner, owner);
    if (isolation == ProcessSettings.Isolation.NONE) {
      return new Chosen(session, Optional.of(Words.withoutSandbox("the settings say so")));
    }
    return switch (Bubblewrap.probe(spawner, data, data.resolve("work/etc"))) {
      case Bubblewrap.Probe.Works works -> new Chosen(works.box(), works.box().lacks());
      case Bubblewrap.Probe.Fails fails -> {
        if (isolation == ProcessSettings.Isolation.REQUIRED) {
          throw new IOException(Words.sandboxRequired(fails.why()));
        }
        yield new Chosen(session, Optional.of(Words.withoutSandbox(fails.why())));
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

  /** Tells how the processes of apps are. */
  public ProcessStates states() {
    return apps;
  }

  /** What the operator should know: that there are no sandboxes, or weaker ones, and why. */
  public Optional<String> warning() {
    return warning;
  }

  /**
   * Stops builds, then apps: SIGTERM, and SIGKILL after the grace of each. Returns when nothing
   * runs any more.
   */
  @Override
  public void close() {
    builds.close(settings.builds().grace());
    apps.close(settings.apps().grace());
    background.close();
    disk.close();
    spawner.close();
  }
}
