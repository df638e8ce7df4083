package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.ProcessSelector;
import io.platform.domain.Restart;
import io.platform.domain.Restarts;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.client.KubernetesApi;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Deletes the pods that are to be restarted, so that Kubernetes makes others. Rolling restarts of
 * all pods of a type are Kubernetes' own: they are in the Deployment.
 */
final class PodRestarts {
  /** Kubernetes tells when a pod was made in whole seconds; it was made before the second ended. */
  private static final Duration SECOND = Duration.ofMillis(999);

  private final KubernetesApi kubernetes;
  private final AppResources observed;

  PodRestarts(KubernetesApi kubernetes, AppResources observed) {
    this.kubernetes = kubernetes;
    this.observed = observed;
  }

  /** Deletes what was made before a restart was asked for. */
  void run(RunSpec spec) {
    observed.pods(spec).stream()
        .filter(pod -> isDue(pod, spec.app().restarts()))
        .forEach(kubernetes::delete);
  }

  /** Whether a pod is to be deleted. */
  static boolean isDue(Pod pod, Restarts restarts) {
    Instant made = Instant.parse(pod.getMetadata().getCreationTimestamp()).plus(SECOND);
    Optional<Restart> restart = restarts.due(PodNames.process(pod), made);
    return pod.getMetadata().getDeletionTimestamp() == null
        && restart
            .filter(it ->
                it.manner() == Restart.Manner.STOP || it.selector() instanceof ProcessSelector.One)
            .isPresent();
  }
}
