package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.port.OneOffProcesses.NotStarted;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.client.PodWait;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits, by a watch, until the container of a pod runs. */
final class OneOffStart {
  private final ClusterConfig.Times times;
  private final PodWait wait;

  OneOffStart(KubernetesApi kubernetes, ClusterConfig.Times times, Pod pod) {
    this.times = times;
    this.wait = new PodWait(kubernetes, pod);
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
      if (!wait.await(OneOffStart::isDecided, times.stuck())
          && wait.last().filter(OneOffStart::isUnderWay).isPresent()) {
        wait.await(OneOffStart::isDecided, atMost.minus(times.stuck()));
      }
    } catch (KubernetesClientException e) {
      throw StartFailureMessages.refused(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotStarted("The server is about to stop. Try again in a moment.");
    }
    Pod now = wait.last().orElseThrow(StartFailureMessages::gone);
    if (PodState.of(now) instanceof PodState.Running) {
      return now;
    }
    throw StartFailureMessages.notUp(PodState.of(now));
  }

  /** It pulls its image, or fetches its slug. */
  private static boolean isUnderWay(Pod now) {
    PodState state = PodState.of(now);
    return state instanceof PodState.Starting || state instanceof PodState.Initializing;
  }

  private static boolean isDecided(@Nullable Pod now) {
    return now == null
        || PodState.of(now) instanceof PodState.Running
        || PodState.of(now) instanceof PodState.Ended;
  }
}
