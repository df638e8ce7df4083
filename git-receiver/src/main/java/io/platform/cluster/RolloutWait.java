package io.platform.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.platform.app.RunSpec;
import io.platform.app.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Looks at a roll-out whenever something changes, until it ends. */
final class RolloutWait implements AutoCloseable {
  private final RunSpec spec;
  private final RolloutStory story;
  private final AppsObserved observed;
  private final Bell bell;
  private final Duration limit;
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private Optional<Subscription> tail = Optional.empty();
  private boolean seen;

  RolloutWait(
      RunSpec spec,
      RolloutStory story,
      AppsObserved observed,
      Bell bell,
      ClusterConfig.Times times) {
    this.spec = spec;
    this.story = story;
    this.observed = observed;
    this.bell = bell;
    this.limit = times.rollout();
  }

  /** How the wait ended. */
  sealed interface Result {
    /** Something else was applied, or what was applied is gone. */
    record Overtaken() implements Result {}

    /** As the story has it; never {@link RolloutStory.Outcome.Waits}. */
    record Seen(RolloutStory.Outcome outcome) implements Result {}
  }

  /** Also tells what Kubernetes' events say. */
  void tellEvents(PodEvents of, String namespace) {
    tail =
        Optional.of(
            of.of(
                namespace,
                event -> {
                  events.add(event);
                  bell.ring();
                }));
  }

  /**
   * Waits.
   *
   * @param applied what was applied of the release; empty where that is not what counts any more
   */
  Result await(Supplier<Optional<Applied>> applied) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      long ticket = bell.ticket();
      Optional<Applied> mine = applied.get();
      Optional<Deployment> deployment = observed.deployment(spec);
      if (mine.isEmpty()) {
        return new Result.Overtaken();
      }
      if (deployment.filter(mine.get()::isSeenIn).isEmpty()) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (seen) {
          return new Result.Overtaken();
        }
        if (!left.isPositive()) {
          throw new IllegalStateException("the Deployment of %s was never seen".formatted(spec));
        }
        bell.await(ticket, left);
        continue;
      }
      seen = true;
      if (mine.get().isOvertakenBy(deployment.get())) {
        return new Result.Overtaken();
      }
      List<Pod> pods = observed.pods(spec);
      tellEvents(pods);
      RolloutStory.Outcome outcome = story.look(deployment.get(), pods);
      if (!(outcome instanceof RolloutStory.Outcome.Waits(Duration within))) {
        return new Result.Seen(outcome);
      }
      bell.await(ticket, within);
    }
  }

  private void tellEvents(List<Pod> pods) {
    for (Event event = events.poll(); event != null; event = events.poll()) {
      for (Pod pod : pods) {
        if (PodEvents.isAbout(event, Applied.uid(pod))) {
          story.saw(pod, event);
        }
      }
    }
  }

  @Override
  public void close() {
    tail.ifPresent(Subscription::close);
  }
}
