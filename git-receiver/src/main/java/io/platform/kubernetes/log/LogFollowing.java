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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** One reader who follows: a thread for each pod, one for new pods, one for events. */
final class LogFollowing implements AutoCloseable {
  /** Each pod that is followed has a thread and a connection. */
  static final int MOST_PODS = 300;

  private static final Duration FIRST_SIGHT = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final Origin origin;
  private final Map<String, Known> known;
  private final Optional<Instant> since;
  private final LiveLines lines = new LiveLines();
  private final ChangeSignal changes = new ChangeSignal();
  private final Map<String, Thread> followers = new HashMap<>();
  private final int most;
  private Optional<Thread> events = Optional.empty();
  private final Set<String> followed = new HashSet<>();
  private boolean toldOfTooMany;
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
   * @param most how many pods are followed at once
   */
  LogFollowing(Origin origin, Map<String, Known> known, Optional<Instant> since, int most) {
    this.origin = origin;
    this.most = most;
    this.known = known;
    this.since = since;
  }

  /** Begins to follow. */
  void start(App app, AppEventLines eventLines, Signals signals) {
    known.forEach((name, pod) -> {
      followed.add(name);
      begin(name, new PodFollower(pod.log(), lines, changes, pod.restarts(), since));
    });
    events = Optional.of(thread(() -> followEvents(app, eventLines, signals)));
    if (origin.wanted()) {
      ResourceInformer<Pod> informer = origin.pods().watch(changes);
      watch = Optional.of(informer);
      informer.start(FIRST_SIGHT);
    }
  }

  private void begin(String pod, Runnable work) {
    followers.put(pod, thread(work));
  }

  private static Thread thread(Runnable work) {
    return Thread.ofVirtual().name("log of an app").start(work);
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

  /** Where there are more than can be followed, the others are when some of these have ended. */
  private void followNewPods() {
    watch.ifPresent(informer -> {
      followers.values().removeIf(thread -> !thread.isAlive());
      List<Pod> pods = origin.pods().in(informer);
      followed.retainAll(
          pods.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet()));
      for (Pod pod : pods) {
        String name = pod.getMetadata().getName();
        if (followed.contains(name)) {
          continue;
        }
        if (followers.size() >= most) {
          tellOfTooMany();
          return;
        }
        followed.add(name);
        PodLog log = new PodLog(origin.kubernetes(), pod, origin.pods().tellsEnds());
        begin(name, new PodFollower(log, lines, changes, 0, since));
      }
    });
  }

  private void tellOfTooMany() {
    if (!toldOfTooMany) {
      toldOfTooMany = true;
      lines.lost();
    }
  }

  private void followEvents(App app, AppEventLines eventLines, Signals signals) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Signals.Ticket ticket = signals.ticket(new Topic.AppChanged(app.id()));
        for (Optional<StampedLine> line = eventLines.next();
            line.isPresent();
            line = eventLines.next()) {
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
    List<Thread> threads = new ArrayList<>(followers.values());
    events.ifPresent(threads::add);
    BoundedStop.stop(threads, STOPPING);
  }
}
