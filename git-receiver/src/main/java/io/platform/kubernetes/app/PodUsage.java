package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.ProcessState;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.KubernetesApi;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resource usage of pods, from the metrics API (metrics.k8s.io). Many clusters have none: then
 * nothing is known, and it is not asked again for a while.
 */
final class PodUsage {
  private static final Logger LOG = LoggerFactory.getLogger(PodUsage.class);
  private static final Duration ASK_AGAIN = Duration.ofMinutes(10);

  private final KubernetesApi kubernetes;
  private volatile Optional<Long> failed = Optional.empty();

  PodUsage(KubernetesApi kubernetes) {
    this.kubernetes = kubernetes;
  }

  /** By the name of the pod; empty where the cluster does not tell. */
  Map<String, ProcessState.Usage> of(String namespace, Map<String, String> labels) {
    Optional<Long> last = failed;
    if (last.isPresent() && System.nanoTime() - last.get() < ASK_AGAIN.toNanos()) {
      return Map.of();
    }
    try {
      Map<String, ProcessState.Usage> usage = new HashMap<>();
      kubernetes
          .client()
          .top()
          .pods()
          .withLabels(labels)
          .inNamespace(namespace)
          .metrics()
          .getItems()
          .forEach(pod -> usage.put(pod.getMetadata().getName(), of(pod)));
      failed = Optional.empty();
      return usage;
    } catch (KubernetesClientException e) {
      failed = Optional.of(System.nanoTime());
      LOG.info("the cluster does not tell what pods use: {}", ApiErrorKind.message(e));
      return Map.of();
    }
  }

  private static ProcessState.Usage of(PodMetrics pod) {
    return new ProcessState.Usage(sum(pod, "memory").map(Double::longValue), sum(pod, "cpu"));
  }

  private static Optional<Double> sum(PodMetrics pod, String resource) {
    return pod.getContainers().stream()
        .map(ContainerMetrics::getUsage)
        .filter(used -> used.containsKey(resource))
        .map(used -> Quantity.getAmountInBytes(used.get(resource)).doubleValue())
        .reduce(Double::sum);
  }
}
