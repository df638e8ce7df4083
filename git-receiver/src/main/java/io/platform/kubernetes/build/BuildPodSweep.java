package io.platform.kubernetes.build;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.FailedRequestLog;
import io.platform.kubernetes.client.KeyedTimer;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes build pods, with their Secrets, a while after they ended; failed ones later. Also Secrets
 * whose pod was never made.
 */
final class BuildPodSweep {
  private static final Logger LOG = LoggerFactory.getLogger(BuildPodSweep.class);

  /** No launch takes so long, so that a Secret without a pod is nobody's then. */
  private static final Duration ORPHAN = Duration.ofHours(1);

  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final KubernetesApi kubernetes;
  private final BuildPods pods;
  private final ClusterConfig config;
  private final KeyedTimer timer;

  BuildPodSweep(KubernetesApi kubernetes, BuildPods pods, ClusterConfig config, KeyedTimer timer) {
    this.kubernetes = kubernetes;
    this.pods = pods;
    this.config = config;
    this.timer = timer;
  }

  /** Looks for what nobody wants any more, now and every hour. */
  void start() {
    timer.in(Duration.ZERO, "sweep build secrets", this::orphans);
  }

  /** Plans the removal of a pod that has ended. */
  void finished(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null
        || !(PodState.of(pod) instanceof PodState.Ended(PodState.End end))) {
      return;
    }
    Duration keep = end.succeeded() ? config.times().keepSucceeded() : config.times().keepFailed();
    Instant due = PodState.endedAt(pod).plus(keep);
    timer.in(
        Duration.between(Instant.now(), due),
        "sweep " + pod.getMetadata().getUid(),
        () -> remove(pod));
  }

  private void remove(Pod pod) {
    try {
      pods.remove(pod);
      LOG.debug("removed the pod {}", pod.getMetadata().getName());
    } catch (KubernetesClientException e) {
      FailedRequestLog.warn(
          LOG,
          e,
          "the pod %s could not be removed; it is tried again"
              .formatted(pod.getMetadata().getName()));
      timer.in(AGAIN, "sweep " + pod.getMetadata().getUid(), () -> remove(pod));
    }
  }

  private void orphans() {
    try {
      Map<String, String> ours = Labels.own(config.installation());
      for (Namespace namespace :
          kubernetes.client().namespaces().withLabels(ours).list().getItems()) {
        orphans(namespace.getMetadata().getName());
      }
    } catch (KubernetesClientException e) {
      FailedRequestLog.warn(LOG, e, "Secrets that builds left could not be looked for");
    } finally {
      timer.in(ORPHAN, "sweep build secrets", this::orphans);
    }
  }

  private void orphans(String namespace) {
    Map<String, String> builds = Labels.selector(config.installation(), Labels.BUILDER);
    Instant before = Instant.now().minus(ORPHAN);
    Set<String> withPod = new HashSet<>();
    for (Secret secret :
        kubernetes.client().secrets().inNamespace(namespace).withLabels(builds).list().getItems()) {
      if (Instant.parse(secret.getMetadata().getCreationTimestamp()).isBefore(before)) {
        if (withPod.isEmpty()) {
          kubernetes
              .client()
              .pods()
              .inNamespace(namespace)
              .withLabels(builds)
              .list()
              .getItems()
              .forEach(pod -> withPod.add(pod.getMetadata().getName()));
        }
        if (!withPod.contains(secret.getMetadata().getName())) {
          pods.removeSecret(namespace, secret.getMetadata().getName());
        }
      }
    }
  }
}
