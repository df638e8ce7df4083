package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.platform.domain.port.OneOffProcesses.NotStarted;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits, by a watch, until the container of a pod runs. */
final class OneOffStart {
  private final KubernetesApi kubernetes;
  private final ClusterConfig.Times times;
  private final Pod pod;
  private Optional<Pod> last = Optional.empty();

  OneOffStart(KubernetesApi kubernetes, ClusterConfig.Times times, Pod pod) {
    this.kubernetes = kubernetes;
    this.times = times;
    this.pod = pod;
  }

  /**
   * Returns the pod as it is then.
   *
   * @throws NotStarted where it ends, or does not run in time: what keeps it from its start seldom
   *     goes away by itself
   */
  Pod await() throws NotStarted {
    try {
      Duration atMost = times.boot().plus(times.stuck());
      if (!awaitUntil(OneOffStart::isDecided, times.stuck())
          && last.isPresent()
          && PodState.of(last.get()) instanceof PodState.Starting) {
        awaitUntil(OneOffStart::isDecided, atMost.minus(times.stuck())); // it pulls its image
      }
    } catch (KubernetesClientException e) {
      throw StartFailures.refused(e);
    }
    Pod now = last.orElseThrow(StartFailures::gone);
    if (PodState.of(now) instanceof PodState.Running) {
      return now;
    }
    throw StartFailures.notUp(PodState.of(now));
  }

  private boolean awaitUntil(Predicate<@Nullable Pod> condition, Duration atMost)
      throws NotStarted {
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
      if (Thread.currentThread().isInterrupted()) {
        throw new NotStarted("The server is about to stop. Try again in a moment.");
      }
      return false;
    }
  }

  private static boolean isDecided(@Nullable Pod now) {
    return now == null
        || PodState.of(now) instanceof PodState.Running
        || PodState.of(now) instanceof PodState.Ended;
  }
}
