package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.OneOffName;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessPlan;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessState;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restart;
import io.platform.domain.SimilarNames;
import io.platform.domain.port.Apps;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.Releases;
import io.platform.slug.ProcessTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows and restarts the processes of apps. */
public final class ProcessService {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessService.class);

  private final AppAccess access;
  private final Apps apps;
  private final Releases releases;
  private final ProcessStates processes;
  private final OneOffProcesses oneOffs;

  /** For these stores and the processes of their apps. */
  public ProcessService(
      AppAccess access,
      Apps apps,
      Releases releases,
      ProcessStates processes,
      OneOffProcesses oneOffs) {
    this.access = access;
    this.apps = apps;
    this.releases = releases;
    this.processes = processes;
    this.oneOffs = oneOffs;
  }

  /**
   * A process.
   *
   * @param command what its release says; empty where the release has gone
   */
  public record AppProcess(ProcessState state, Optional<String> command) {}

  /** The processes of an app as they are now, by name, and then its one-off processes. */
  public List<AppProcess> list(Principal user, AppPath path) {
    App app = access.app(user, path, Role.VIEWER);
    Map<ReleaseVersion, ProcessTypes> types = new HashMap<>();
    List<AppProcess> all = new ArrayList<>();
    for (ProcessState state : states(app)) {
      ProcessTypes known =
          types.computeIfAbsent(state.release(), version -> processTypes(app, version));
      all.add(new AppProcess(state, known.command(state.type())));
    }
    oneOffs
        .list(app)
        .forEach(one -> all.add(new AppProcess(one.state(), Optional.of(one.command()))));
    return all;
  }

  private ProcessTypes processTypes(App app, ReleaseVersion version) {
    return releases
        .find(app.id(), version)
        .map(release -> release.processTypes())
        .orElseGet(ProcessTypes::none);
  }

  /**
   * Asks for a restart, for a developer of the namespace. Makes no release; the processes follow.
   *
   * @return those of now that are to be restarted, by name
   * @throws RequestRefused where there is no such process, or the user may not
   */
  public List<ProcessState> restart(
      Principal user, AppPath path, ProcessSelector selector, Restart.Manner manner) {
    App app = access.app(user, path, Role.DEVELOPER);
    if (selector instanceof ProcessSelector.One(var name) && OneOffName.is(name)) {
      ProcessState oneOff = oneOff(app, name);
      stop(user, app, oneOff, manner);
      return List.of(oneOff);
    }
    checkPlanned(app, selector);
    List<ProcessState> now = states(app);
    List<ProcessState> meant =
        now.stream()
            .filter(state ->
                selector.matches(state.name()) && state.status() != ProcessState.Status.STOPPING)
            .toList();
    if (meant.isEmpty() && !now.isEmpty() && selector instanceof ProcessSelector.One) {
      throw RequestRefused.notFound(
          "%s has no process %s: `platform ps` lists those that it has.".formatted(path, selector));
    }
    apps.restart(app.id(), selector, manner, user.name());
    LOG.info("{} restarts {} of {} ({})", user.name(), selector, path, manner);
    return meant;
  }

  private ProcessState oneOff(App app, ProcessName name) {
    return oneOffs.list(app).stream()
        .map(OneOffProcesses.RunningOneOff::state)
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            RequestRefused.notFound(
                "%s does not run, or no more: `platform ps` lists the processes of %s."
                    .formatted(name, app.path())));
  }

  private void stop(Principal user, App app, ProcessState oneOff, Restart.Manner manner) {
    if (manner != Restart.Manner.STOP) {
      throw new RequestRefused(
          RequestRefused.Reason.CONFLICT,
          "%s is a one-off process and cannot be restarted: stop it with `platform ps stop %s`, and run the command again."
              .formatted(oneOff.name(), oneOff.name()));
    }
    oneOffs.stop(app, oneOff.name());
    LOG.info("{} stops {} of {}", user.name(), oneOff.name(), app.path());
  }

  private void checkPlanned(App app, ProcessSelector selector) {
    ProcessTypes types = apps.processTypes(app.id());
    ProcessPlan plan = ProcessPlan.of(app.formation(), types);
    Optional<String> type =
        switch (selector) {
          case ProcessSelector.All() -> Optional.empty();
          case ProcessSelector.OfType(String name) -> Optional.of(name);
          case ProcessSelector.One(var name) -> Optional.of(name.type());
        };
    type.filter(name -> !plan.has(name))
        .ifPresent(name -> {
          List<String> known = types.names().stream().filter(plan::has).toList();
          throw RequestRefused.notFound(
              ScaleMessages.unknownType(name, known, SimilarNames.closest(name, known)));
        });
    if (type.map(plan::quantity).orElseGet(plan::total) == 0) {
      throw new RequestRefused(RequestRefused.Reason.CONFLICT, ScaleMessages.nothingRuns(type));
    }
  }

  private List<ProcessState> states(App app) {
    return processes.of(app).stream().sorted(Comparator.comparing(ProcessState::name)).toList();
  }
}
