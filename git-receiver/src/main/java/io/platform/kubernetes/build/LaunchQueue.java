package io.platform.kubernetes.build;

import io.platform.domain.BuildId;
import io.platform.domain.port.BuildSpec;
import io.platform.kubernetes.client.KeyedTimer;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Builds whose pods cannot be made yet, because of the quota or because the API server is out of
 * reach, in the order in which they came. They are tried again when a pod of the builds has gone,
 * and from time to time: others, too, use the quota up.
 */
final class LaunchQueue {
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final String KEY = "launch what waits";

  private final KeyedTimer timer;
  private final Consumer<BuildSpec> launch;
  private final Map<BuildId, BuildSpec> waiting = new LinkedHashMap<>();
  private final Set<BuildId> launching = new HashSet<>();

  /**
   * An empty queue.
   *
   * @param launch tries one; where there is still no room it adds it again
   */
  LaunchQueue(KeyedTimer timer, Consumer<BuildSpec> launch) {
    this.timer = timer;
    this.launch = launch;
  }

  synchronized void add(BuildSpec spec) {
    waiting.put(spec.id(), spec);
    timer.in(AGAIN, KEY, this::again);
  }

  /**
   * Nobody wants it any more; the spec, where it was waiting. A launch of it that is under way is
   * over when this returns; nobody waits for launches of others.
   */
  synchronized Optional<BuildSpec> remove(BuildId build) throws InterruptedException {
    while (launching.contains(build)) {
      wait();
    }
    return Optional.ofNullable(waiting.remove(build));
  }

  /** There may be room now. */
  synchronized void roomMade() {
    if (!waiting.isEmpty()) {
      timer.cancel(KEY);
      timer.in(Duration.ZERO, KEY, this::again);
    }
  }

  private void again() {
    for (BuildSpec spec : next()) {
      if (begin(spec.id())) {
        try {
          launch.accept(spec);
        } finally {
          end(spec.id());
        }
      }
    }
  }

  private synchronized boolean begin(BuildId build) {
    return !launching.contains(build) && waiting.remove(build) != null && launching.add(build);
  }

  private synchronized void end(BuildId build) {
    launching.remove(build);
    notifyAll();
  }

  private synchronized List<BuildSpec> next() {
    return List.copyOf(waiting.values());
  }
}
