package io.platform.build.supervision;

import io.platform.domain.BuildId;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** The last events of each builder, kept until its build is settled. */
public final class BuilderStates {
  private final Signals signals;
  private final InstantSource clock;
  private final ConcurrentMap<BuildId, State> all = new ConcurrentHashMap<>();

  /**
   * Tells of each change by a signal.
   *
   * @param clock for when an event was seen
   */
  public BuilderStates(Signals signals, InstantSource clock) {
    this.signals = signals;
    this.clock = clock;
  }

  /**
   * What is known of one builder.
   *
   * @param started whether it runs or ran
   * @param exit how it ended, and when that was seen
   * @param notices what the pusher may want to know, oldest first
   */
  record State(boolean started, Optional<Ended> exit, List<BuilderEvent.Noticed> notices) {
    private static final State NOTHING = new State(false, Optional.empty(), List.of());

    State with(BuilderEvent event, Instant now) {
      return switch (event) {
        case BuilderEvent.Started s -> new State(true, exit, notices);
        case BuilderEvent.Noticed n ->
            new State(started, exit, Stream.concat(notices.stream(), Stream.of(n)).toList());
        case BuilderEvent.Ended e ->
            new State(true, Optional.of(exit.orElse(new Ended(e, now))), notices);
      };
    }
  }

  /** An end, and when it was seen. */
  record Ended(BuilderEvent.Ended event, Instant seenAt) {}

  /** Takes what the runner tells from now on. */
  public Subscription watch(BuildRunner runner) {
    return runner.watch(this::record);
  }

  /** Takes what the runner tells; never blocks. */
  void record(BuilderEvent event) {
    all.merge(
        event.build(),
        State.NOTHING.with(event, clock.instant()),
        (known, first) -> known.with(event, clock.instant()));
    signals.raise(new Topic.BuildChanged(event.build()));
  }

  State of(BuildId build) {
    return all.getOrDefault(build, State.NOTHING);
  }

  public Set<BuildId> builds() {
    return Set.copyOf(all.keySet());
  }

  public void forget(BuildId build) {
    all.remove(build);
  }
}
