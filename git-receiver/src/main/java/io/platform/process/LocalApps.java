package io.platform.process;

import io.platform.app.App;
import io.platform.app.AppId;
import io.platform.app.AppRuntime;
import io.platform.app.ProcessState;
import io.platform.app.ProcessStates;
import io.platform.app.RolloutEnd;
import io.platform.app.RolloutLog;
import io.platform.app.RunSpec;
import io.platform.app.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Apps as supervised child processes. Of the process types, one {@code web} is started. */
final class LocalApps implements AppRuntime, ProcessStates {
  private final AppHost host;
  private final Map<AppId, AppProcesses> apps = new ConcurrentHashMap<>();
  private volatile boolean closed;

  LocalApps(AppHost host) {
    this.host = host;
  }

  @Override
  public void apply(RunSpec spec) {
    if (!closed) {
      apps.computeIfAbsent(spec.app().id(), id -> new AppProcesses(host, spec.app())).apply(spec);
    }
  }

  @Override
  public RolloutEnd await(RunSpec spec, RolloutLog log) throws InterruptedException {
    AppProcesses app = apps.get(spec.app().id());
    return app == null ? new RolloutEnd.Superseded() : app.await(spec, log);
  }

  @Override
  public List<ProcessState> of(App app) {
    AppProcesses processes = apps.get(app.id());
    return processes == null ? List.of() : processes.states();
  }

  /** Nobody but this class starts and stops these processes, and crashed ones it starts again. */
  @Override
  public Subscription watch(Consumer<AppId> consumer) {
    return () -> {};
  }

  @Override
  public void remove(App app) {
    AppProcesses processes = apps.get(app.id());
    if (processes != null) {
      processes.close(host.settings().grace());
      apps.remove(app.id(), processes);
    }
    host.host().directories().remove(host.directory(app));
    host.host().directories().remove(host.logs(app));
  }

  void close(Duration grace) {
    closed = true;
    host.host()
        .together(
            List.copyOf(apps.values()).stream()
                .<Runnable>map(app -> () -> app.close(grace))
                .toList());
  }
}
