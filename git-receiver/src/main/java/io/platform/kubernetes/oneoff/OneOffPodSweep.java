package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.App;
import io.platform.domain.port.OneOffSpec;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.FailedRequestLog;
import io.platform.kubernetes.client.KeyedTimer;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.Labels;
import io.platform.kubernetes.desired.OneOffObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the pods of one-off processes that nobody wants any more: those whose user has gone while
 * nobody could delete them, as the receiver was killed or the API server did not answer, and those
 * that have ended, a while later, with their logs.
 */
final class OneOffPodSweep {
  private static final Logger LOG = LoggerFactory.getLogger(OneOffPodSweep.class);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final String KEY = "sweep one-off pods";

  private final KubernetesApi kubernetes;
  private final OneOffPods pods;
  private final ClusterConfig config;
  private final KeyedTimer timer;

  /**
   * The pods whose users are connected, or about to be, by namespace and name, and how many users:
   * one who gets the name of another's pod is refused only when he has asked for it.
   */
  private final Map<String, Integer> attached = new ConcurrentHashMap<>();

  OneOffPodSweep(
      KubernetesApi kubernetes, OneOffPods pods, ClusterConfig config, KeyedTimer timer) {
    this.kubernetes = kubernetes;
    this.pods = pods;
    this.config = config;
    this.timer = timer;
  }

  /** Looks now, and every minute. */
  void start() {
    timer.in(Duration.ZERO, KEY, this::look);
  }

  /** The user of this one is about to be connected. */
  void add(OneOffSpec spec) {
    attached.merge(place(spec), 1, Integer::sum);
  }

  /** The user has gone. */
  void remove(OneOffSpec spec) {
    attached.computeIfPresent(place(spec), (_, users) -> users == 1 ? null : users - 1);
  }

  private String place(OneOffSpec spec) {
    App app = spec.run().app();
    return config.installation().namespaceOf(app) + "/" + OneOffObjects.name(app, spec.name());
  }

  private void look() {
    try {
      Map<String, String> labels = Labels.selector(config.installation(), Labels.APPS);
      kubernetes
          .client()
          .pods()
          .inAnyNamespace()
          .withLabels(labels)
          .withLabel(Labels.ONE_OFF)
          .list()
          .getItems()
          .stream()
          .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
          .filter(pod -> hasNoUser(pod) || isDue(pod))
          .forEach(this::remove);
    } catch (KubernetesClientException e) {
      FailedRequestLog.warn(LOG, e, "one-off processes could not be looked for");
    } finally {
      timer.in(AGAIN, KEY, this::look);
    }
  }

  private boolean hasNoUser(Pod pod) {
    return OneOffObjects.ATTACHED.equals(pod.getMetadata().getLabels().get(Labels.ONE_OFF))
        && !attached.containsKey(
            pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName());
  }

  private boolean isDue(Pod pod) {
    return PodState.of(pod) instanceof PodState.Ended(PodState.End end)
        && PodState.endedAt(pod)
            .plus(end.succeeded() ? config.times().keepSucceeded() : config.times().keepFailed())
            .isBefore(Instant.now());
  }

  private void remove(Pod pod) {
    try {
      pods.remove(pod);
      LOG.info("removed the one-off process {}", pod.getMetadata().getName());
    } catch (KubernetesClientException e) {
      FailedRequestLog.warn(
          LOG,
          e,
          "the pod %s could not be removed; it is tried again"
              .formatted(pod.getMetadata().getName()));
    }
  }
}
