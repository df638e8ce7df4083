package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.access.RunSpecs;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.OneOffLimits;
import io.platform.domain.OneOffName;
import io.platform.domain.ProcessName;
import io.platform.domain.Release;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ExecSpec;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.OneOffProcesses.NoSuchProcess;
import io.platform.domain.port.OneOffProcesses.NotStarted;
import io.platform.domain.port.OneOffSpec;
import io.platform.domain.port.Releases;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Running commands beside the processes of an app and inside them, for its developers. */
public final class OneOffService {
  private static final Logger LOG = LoggerFactory.getLogger(OneOffService.class);

  private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]*";

  private final AppAccess access;
  private final Releases releases;
  private final RunSpecs specs;
  private final OneOffProcesses processes;
  private final OneOffSizes sizes;
  private final OneOffLimits limits;
  private final StartingOneOffs starting = new StartingOneOffs();
  private final SecureRandom random = new SecureRandom();

  /** Starts what these can start. */
  public OneOffService(
      AppAccess access,
      Releases releases,
      RunSpecs specs,
      OneOffProcesses processes,
      OneOffSizes sizes,
      OneOffLimits limits) {
    this.access = access;
    this.releases = releases;
    this.specs = specs;
    this.processes = processes;
    this.sizes = sizes;
    this.limits = limits;
  }

  /** A one-off process that was started. */
  public record Started(ProcessName name, Release release) {}

  /** One that the user is connected to. */
  public record Attached(Started started, AttachedProcess process) {}

  /** Whether the user may run commands of the app; throws otherwise. */
  public void check(Principal user, AppPath path) {
    access.app(user, path, Role.DEVELOPER);
  }

  /** Starts a one-off process that ends with the user's connection. */
  public Attached run(Principal user, AppPath path, OneOffRequest request) {
    return start(
        user,
        path,
        request,
        spec -> {
          AttachedProcess process = processes.start(spec);
          LOG.info("{} runs {} of {}", user.name(), spec.name(), path);
          return new Attached(new Started(spec.name(), spec.run().release()), process);
        });
  }

  /** Starts one whose output goes to the app's log. */
  public Started runDetached(Principal user, AppPath path, OneOffRequest request) {
    return start(
        user,
        path,
        request,
        spec -> {
          processes.startDetached(spec);
          LOG.info("{} runs {} of {}, detached", user.name(), spec.name(), path);
          return new Started(spec.name(), spec.run().release());
        });
  }

  private interface Start<T> {
    T start(OneOffSpec spec) throws NotStarted;
  }

  private <T> T start(Principal user, AppPath path, OneOffRequest request, Start<T> start) {
    App app = access.app(user, path, Role.DEVELOPER);
    RequestRefused.unlessEmpty(errors(request));
    sizes.check(request.size());
    Release release =
        releases
            .live(app)
            .orElseThrow(() ->
                new RequestRefused(
                    RequestRefused.Reason.CONFLICT,
                    "%s has no release to run a command of: deploy it first.".formatted(path)));
    try (StartingOneOffs.Turn turn = starting.begin(app.id())) {
      List<OneOffProcesses.RunningOneOff> running = processes.list(app);
      if (running.size() + turn.others() >= limits.perApp()) {
        throw tooMany(path, running);
      }
      return start.start(
          new OneOffSpec(
              specs.of(app, release),
              freeName(running),
              request.command(),
              request.environment(),
              request.size(),
              request.terminal(),
              limits.lifetime()));
    } catch (NotStarted e) {
      throw refused(e);
    }
  }

  private RequestRefused tooMany(AppPath path, List<OneOffProcesses.RunningOneOff> running) {
    String next =
        running.isEmpty()
            ? "Try again in a moment."
            : "Stop one with `platform ps stop %s`.".formatted(running.getFirst().state().name());
    return new RequestRefused(
        RequestRefused.Reason.CONFLICT,
        "%d one-off processes of %s run, which is as many as may run. %s"
            .formatted(limits.perApp(), path, next));
  }

  private ProcessName freeName(List<OneOffProcesses.RunningOneOff> running) {
    Set<ProcessName> taken =
        running.stream().map(it -> it.state().name()).collect(Collectors.toSet());
    ProcessName name = OneOffName.random(random);
    while (taken.contains(name)) {
      name = OneOffName.random(random);
    }
    return name;
  }

  private List<String> errors(OneOffRequest request) {
    List<String> errors = new ArrayList<>();
    if (request.command().isBlank()) {
      errors.add("The command is empty.");
    }
    if (bytes(request.command()) > limits.commandBytes() || request.command().indexOf(0) >= 0) {
      errors.add(
          "The command is longer than %d bytes, or has a zero byte."
              .formatted(limits.commandBytes()));
    }
    Map<String, String> environment = request.environment();
    environment.keySet().stream()
        .filter(name ->
            !name.matches(VARIABLE)
                || name.startsWith("PLATFORM_")
                || name.equals("PORT")
                || name.equals("DYNO"))
        .forEach(name ->
            errors.add(
                "'%s' cannot be a variable of a one-off process: take letters, digits and _, and not PORT, DYNO or PLATFORM_*."
                    .formatted(name)));
    int size =
        environment.entrySet().stream()
            .mapToInt(it -> bytes(it.getKey()) + bytes(it.getValue()))
            .sum();
    if (size > limits.environmentBytes()) {
      errors.add(
          "The variables are larger than %d bytes together.".formatted(limits.environmentBytes()));
    }
    return errors;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Starts a command inside a process. */
  public AttachedProcess exec(
      Principal user, AppPath path, ProcessName process, OneOffRequest request) {
    App app = access.app(user, path, Role.DEVELOPER);
    RequestRefused.unlessEmpty(errors(request));
    try {
      AttachedProcess started =
          processes.exec(
              new ExecSpec(
                  app, process, request.command(), request.environment(), request.terminal()));
      LOG.info("{} runs a command inside {} of {}", user.name(), process, path);
      return started;
    } catch (NotStarted e) {
      throw refused(e);
    }
  }

  /** Connects to a port of a process. */
  public AttachedProcess connect(Principal user, AppPath path, ProcessName process, int port) {
    App app = access.app(user, path, Role.DEVELOPER);
    try {
      return processes.connect(app, process, port);
    } catch (NotStarted e) {
      throw refused(e);
    }
  }

  private static RequestRefused refused(NotStarted e) {
    RequestRefused.Reason reason =
        e instanceof NoSuchProcess
            ? RequestRefused.Reason.NOT_FOUND
            : RequestRefused.Reason.CONFLICT;
    return new RequestRefused(reason, String.valueOf(e.getMessage()));
  }
}
