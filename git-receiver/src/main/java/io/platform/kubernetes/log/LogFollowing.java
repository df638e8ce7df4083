package io.platform.kubernetes.log;

import io.fabric8.kubernetes.api.model.Pod;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.App;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import io.platform.kubernetes.client.ChangeSignal;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.ResourceInformer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One reader who follows: a thread for each pod, one for new pods, one for events. */
final class LogFollowing implements AutoCloseable {
  private static final int MOST_PODS = 300;
  private static final Duration FIRST_SIGHT = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final Origin origin;
  private final Map<String, Known> known;
  private final Optional<Instant> since;
  private final LiveLines lines = new LiveLines();
  private final ChangeSignal changes = new ChangeSignal();
  private final List<Thread> threads = new ArrayList<>();
  private final Set<String> followed = new HashSet<>();
  private Optional<ResourceInformer<Pod>> watch = Optional.empty();

  /**
   * Whose logs are followed.
   *
   * @param wanted whether lines of pods are
   */
  record Origin(AppPods pods, KubernetesApi kubernetes, boolean wanted) {}

  /** A pod that was there before, and how often its container had been started again. */
  record Known(PodLog log, int restarts) {}

  /**
   * Goes on after what was read.
   *
   * @param known the pods that were read
   */
  LogFollowing(Origin origin, Map<String, Known> known, Optional<Instant> since) {
    this.origin = origin;
    this.known = known;
    this.since = since;
  }

  /** Begins to follow. */
  void start(App app, AppEventLines events, Signals signals) {
    known.forEach((name, pod) -> {
      followed.add(name);
      begin(new PodFollower(pod.log(), lines, changes, pod.restarts(), since));
    });
    begin(() -> followEvents(app, events, signals));
    if (origin.wanted()) {
      ResourceInformer<Pod> informer = origin.pods().watch(changes);
      watch = Optional.of(informer);
      informer.start(FIRST_SIGHT);
    }
  }

  private void begin(Runnable work) {
    threads.removeIf(thread -> !thread.isAlive());
    threads.add(Thread.ofVirtual().name("log of an app").start(work));
  }

  /** Hands lines over until the app is gone. */
  void run(LogOutput output, BooleanSupplier isThere) throws IOException, InterruptedException {
    long lastSent = System.nanoTime();
    while (true) {
      followNewPods();
      LiveLines.Ready ready = lines.take(Duration.ofMillis(250));
      if (ready.lost()) {
        output.lost();
      }
      for (StampedLine line : ready.lines()) {
        output.add(line);
      }
      output.flush();
      if (!ready.lines().isEmpty()) {
        lastSent = System.nanoTime();
      } else if (System.nanoTime() - lastSent >= IDLE.toNanos()) {
        output.idle();
        lastSent = System.nanoTime();
        if (!isThere.getAsBoolean()) {
          return;
        }
      }
    }
  }

  private void followNewPods() {
    watch.ifPresent(informer -> {
      for (Pod pod : origin.pods().in(informer)) {
        if (threads.size() < MOST_PODS && followed.add(pod.getMetadata().getName())) {
          PodLog log = new PodLog(origin.kubernetes(), pod, origin.pods().tellsEnds());
          begin(new PodFollower(log, lines, changes, 0, since));
        }
      }
    });
  }

  private void followEvents(App app, AppEventLines events, Signals signals) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Signals.Ticket ticket = signals.ticket(new Topic.AppChanged(app.id()));
        for (Optional<StampedLine> line = events.next(); line.isPresent(); line = events.next()) {
          lines.add(line.get());
        }
        ticket.await(IDLE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watch.ifPresent(ResourceInformer::close);
    BoundedStop.stop(threads, STOPPING);
  }
}
