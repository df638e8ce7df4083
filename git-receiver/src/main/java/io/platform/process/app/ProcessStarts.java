package io.platform.process.app;

import io.platform.domain.AppFeature;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessSize;
import io.platform.domain.Restart;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.RunSpec;
import io.platform.process.log.AppLog;
import io.platform.process.sandbox.ProcessMessages;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The starts of a process, each in a directory of its own: what was started last, when, and with
 * what. Somebody who stops the process waits for a start that is under way; others do not.
 */
final class ProcessStarts {
  /** At one start. */
  private static final int PORTS_TRIED = 3;

  /** A process that was started, and whether it has come up. */
  record Booted(AppProcess process, AppProcess.Boot boot) {}

  /** What developers chose that a process has from its start to its end. */
  private record Chosen(ProcessSize size, boolean herokuMetadata) {
    static Chosen of(RunSpec spec, ProcessName name) {
      return new Chosen(
          spec.app().formation().size(name.type()),
          spec.app().options().has(AppFeature.HEROKU_METADATA));
    }
  }

  private final AppContext apps;
  private final ProcessName name;
  private final AppLog log;
  private final Supplier<String> directoryNames;
  private final Object starting = new Object();
  private volatile Instant started = Instant.now();
  private volatile Chosen chosen;
  private volatile Optional<AppProcess> last = Optional.empty();

  /**
   * None yet.
   *
   * @param spec what it is to be started with
   */
  ProcessStarts(
      AppContext apps,
      RunSpec spec,
      ProcessName name,
      AppLog log,
      Supplier<String> directoryNames) {
    this.apps = apps;
    this.name = name;
    this.log = log;
    this.directoryNames = directoryNames;
    this.chosen = Chosen.of(spec, name);
  }

  /**
   * Starts it, and again on another port where somebody else listens on the one that it got, unless
   * it is not wanted any more.
   *
   * @param spec gives what counts now
   * @param notices takes what is seen meanwhile
   */
  Optional<Booted> boot(
      Supplier<RunSpec> spec, BooleanSupplier wanted, Consumer<RolloutNotice> notices)
      throws IOException {
    for (int tried = 1; ; tried++) {
      Optional<AppProcess> next = startIf(wanted, spec);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      AppProcess running = next.get();
      AppProcess.Boot boot = running.boot(notices);
      boolean taken = boot instanceof AppProcess.Boot.Down down && down.portTaken();
      if (!taken || tried == PORTS_TRIED) {
        return Optional.of(new Booted(running, boot));
      }
      running.port().ifPresent(port -> log.note(name, ProcessMessages.nextPort(port)));
      running.stop(apps.grace(spec.get()));
    }
  }

  private Optional<AppProcess> startIf(BooleanSupplier wanted, Supplier<RunSpec> now)
      throws IOException {
    synchronized (starting) {
      if (!wanted.getAsBoolean()) {
        return Optional.empty();
      }
      RunSpec spec = now.get();
      started = afterRestarts(spec, Instant.now());
      chosen = Chosen.of(spec, name);
      last = Optional.of(AppProcess.start(apps, spec, name, directoryNames.get(), log));
      return last;
    }
  }

  /** A start obeys all restarts that are known then, also where the clock was set back since. */
  private Instant afterRestarts(RunSpec spec, Instant now) {
    return spec.app().restarts().due(name, now).map(Restart::at).orElse(now);
  }

  /** The restart that somebody asked for since it was last started, also by another size. */
  Optional<Restart> due(RunSpec spec) {
    return spec.app()
        .restarts()
        .due(name, started)
        .or(() ->
            Optional.of(chosen)
                .filter(then -> !then.equals(Chosen.of(spec, name)))
                .map(changed ->
                    new Restart(
                        new ProcessSelector.One(name), Restart.Manner.ROLLING, Instant.now())));
  }

  /** What runs of it now; empty where nothing does. Never waits. */
  Optional<AppProcess> running() {
    return last.filter(it -> !it.ended().isDone());
  }

  /** What was started last, once a start that is under way has ended. */
  Optional<AppProcess> awaitLast() {
    synchronized (starting) {
      return last;
    }
  }
}
