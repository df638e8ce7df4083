package io.platform.kubernetes.client;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits, by a watch, for a condition of one pod, and keeps the pod as it was seen last. */
public final class PodWait {
  private final KubernetesApi kubernetes;
  private final Pod pod;
  private volatile Optional<Pod> last = Optional.empty();

  /** Has not seen the pod yet. */
  public PodWait(KubernetesApi kubernetes, Pod pod) {
    this.kubernetes = kubernetes;
    this.pod = pod;
  }

  /** How the pod was seen last; empty where it was not seen, or is gone. */
  public Optional<Pod> last() {
    return last;
  }

  /**
   * Waits at most so long.
   *
   * @param condition is given null where the pod is gone
   * @return whether the condition was met
   */
  public boolean await(Predicate<@Nullable Pod> condition, Duration atMost)
      throws InterruptedException {
    try {
      kubernetes
          .client()
          .resource(pod)
          .waitUntilCondition(
              now -> {
                last = Optional.ofNullable(now);
                return condition.test(now);
              },
              Math.max(1, atMost.toMillis()),
              TimeUnit.MILLISECONDS);
      return true;
    } catch (KubernetesClientTimeoutException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for a pod");
      }
      return false;
    }
  }
}
