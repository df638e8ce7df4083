package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Subscription;
import io.platform.kubernetes.client.ChangeSignal;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.PodEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the roll-out of one process type whenever something changes, until it ends. */
final class RolloutWait implements AutoCloseable {
  private final RunSpec spec;
  private final String type;
  private final RolloutProgress progress;
  private final AppResources observed;
  private final ChangeSignal changes;
  private final Duration limit;
  private final PodEventQueue events = new PodEventQueue();
  private Optional<Subscription> tail = Optional.empty();
  private boolean seen;

  RolloutWait(
      RunSpec spec,
      String type,
      RolloutProgress progress,
      AppResources observed,
      ChangeSignal changes,
      ClusterConfig.Times times) {
    this.spec = spec;
    this.type = type;
    this.progress = progress;
    this.observed = observed;
    this.changes = changes;
    this.limit = times.rollout();
  }

  /** The result of a wait. */
  sealed interface Result {
    /** Something else was applied, or what was applied is gone. */
    record Overtaken() implements Result {}

    /** As the progress has it; never {@link RolloutProgress.Outcome.Waits}. */
    record Seen(RolloutProgress.Outcome outcome) implements Result {}
  }

  /** Also tells what Kubernetes' events say. */
  void observeEvents(PodEvents of, String namespace) {
    tail =
        Optional.of(
            of.of(
                namespace,
                event -> {
                  events.add(event);
                  changes.signal();
                }));
  }

  /**
   * Waits.
   *
   * @param applied what was applied of the release; empty where that is not what counts any more
   */
  Result await(Supplier<Optional<AppliedRelease>> applied) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      long ticket = changes.ticket();
      Optional<AppliedRelease> mine = applied.get();
      Optional<Deployment> deployment = observed.deployment(spec, type);
      if (mine.isEmpty()) {
        return new Result.Overtaken();
      }
      if (deployment.filter(mine.get()::isSeenIn).isEmpty()) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (seen) {
          return new Result.Overtaken();
        }
        if (!left.isPositive()) {
          throw new IllegalStateException(
              "the Deployment of %s %s was never seen".formatted(spec, type));
        }
        changes.await(ticket, left);
        continue;
      }
      seen = true;
      if (mine.get().isOvertakenBy(deployment.get())) {
        return new Result.Overtaken();
      }
      List<Pod> pods = observed.pods(spec, type, deployment.get());
      events.take(deployment.get().getMetadata().getName(), pods, progress::observe);
      RolloutProgress.Outcome outcome = progress.look(deployment.get(), pods);
      if (!(outcome instanceof RolloutProgress.Outcome.Waits(Duration within))) {
        return new Result.Seen(outcome);
      }
      changes.await(ticket, within);
    }
  }

  @Override
  public void close() {
    tail.ifPresent(Subscription::close);
  }
}
