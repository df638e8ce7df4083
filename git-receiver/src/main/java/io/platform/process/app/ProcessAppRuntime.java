package io.platform.process.app;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ProcessCrash;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RouterLog;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Traffic;
import io.platform.process.log.AppLogs;
import io.platform.process.sandbox.ControlGroups;
import io.platform.signal.EventDispatcher;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Apps as supervised child processes. */
public final class ProcessAppRuntime implements AppRuntime, ProcessStates {
  private final AppContext context;
  private final Traffic traffic;
  private final AppLogs logs;
  private final RequestLines requests = new RequestLines();
  private final EventDispatcher<ProcessCrash> crashes = new EventDispatcher<>("watch crashes");
  private final Map<AppId, AppProcesses> apps = new ConcurrentHashMap<>();
  private volatile Consumer<App> beforeRemoval = app -> {};
  private volatile boolean closed;

  /** Runs none yet. */
  public ProcessAppRuntime(AppContext context, Traffic traffic, AppLogs logs) {
    this.context = context;
    this.traffic = traffic;
    this.logs = logs;
  }

  @Override
  public Rollout apply(RunSpec spec) {
    if (closed) {
      return ProcessRollout.ended(spec.release().id(), new RolloutEnd.Superseded());
    }
    return processes(spec.app()).apply(spec);
  }

  private AppProcesses processes(App app) {
    return apps.computeIfAbsent(
        app.id(),
        id ->
            new AppProcesses(
                context, new AppRoute(traffic), logs.of(id), requests, crashes::dispatch));
  }

  /** Writes the events of apps into their logs from now on, until closed. */
  public Subscription logEvents(AppEvents events, Signals signals) {
    return new EventLines(logs, events, signals);
  }

  /** Writes requests into the logs of the apps that they were for. */
  public RouterLog routerLog() {
    return requests;
  }

  @Override
  public List<ProcessState> of(App app) {
    return states(app, SupervisedProcess::stateWithUsage);
  }

  /** Without what the processes use: that would be looked up in the list of all processes. */
  @Override
  public Map<AppId, List<ProcessState>> of(Collection<App> some) {
    Map<AppId, List<ProcessState>> states = new HashMap<>();
    some.forEach(app -> states.put(app.id(), states(app, SupervisedProcess::state)));
    states.values().removeIf(List::isEmpty);
    return states;
  }

  private List<ProcessState> states(App app, Function<SupervisedProcess, ProcessState> look) {
    AppProcesses processes = apps.get(app.id());
    return processes == null ? List.of() : processes.states(look);
  }

  /** What runs of an app under a name now. */
  Optional<AppProcess> running(App app, ProcessName name) {
    return Optional.ofNullable(apps.get(app.id())).flatMap(processes -> processes.running(name));
  }

  /** Called with each app that is removed, before its directories are. */
  void beforeRemoval(Consumer<App> action) {
    beforeRemoval = action;
  }

  @Override
  public Optional<String> whyUnlimited(SizeLimit limit) {
    ControlGroups groups = context.context().groups();
    return switch (limit) {
      case MEMORY -> groups.memoryProblem();
      case CPU -> groups.cpuProblem();
    };
  }

  /** Nobody but this class starts and stops these processes, and crashed ones it starts again. */
  @Override
  public Subscription watch(Consumer<AppId> consumer) {
    return () -> {};
  }

  @Override
  public Subscription watchCrashes(Consumer<ProcessCrash> consumer) {
    return crashes.add(consumer, List.of());
  }

  @Override
  public void remove(App app) {
    AppProcesses processes = apps.get(app.id());
    if (processes != null) {
      processes.close(context.settings().grace());
      apps.remove(app.id(), processes);
    }
    beforeRemoval.accept(app);
    context.context().directories().remove(context.directory(app));
    requests.end(logs.of(app.id()));
    logs.close(app.id());
    context.context().directories().remove(logs.directory(app.id()));
  }

  public void close(Duration grace) {
    closed = true;
    context
        .context()
        .together(
            List.copyOf(apps.values()).stream()
                .<Runnable>map(app -> () -> app.close(grace))
                .toList());
  }
}
