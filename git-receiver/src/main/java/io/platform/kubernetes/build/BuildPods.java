package io.platform.kubernetes.build;

import dev.failsafe.RetryPolicy;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.domain.BuildId;
import io.platform.domain.port.BuildSpec;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.NamespaceProvisioner;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.BuildObjects;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.Labels;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Creates and removes build pods and their Secrets; repeatable. */
final class BuildPods {
  private static final RetryPolicy<Boolean> UNTIL_MADE =
      Retry.until(made -> made, RetryPolicies.lostRace(5));

  /** Beyond the pod's own grace, for Kubernetes to take note. */
  private static final Duration GOES_WITHIN = Duration.ofSeconds(60);

  /**
   * Most builders end by themselves when their build does: they reported, or the answer to their
   * next line tells them. Such a pod stays for a while, with its log.
   */
  private static final Duration ENDS_ALONE_WITHIN = Duration.ofSeconds(3);

  private final KubernetesApi kubernetes;
  private final NamespaceProvisioner namespaces;
  private final InstallationId installation;
  private final BuildObjects objects;

  BuildPods(
      KubernetesApi kubernetes,
      NamespaceProvisioner namespaces,
      InstallationId installation,
      BuildObjects objects) {
    this.kubernetes = kubernetes;
    this.namespaces = namespaces;
    this.installation = installation;
    this.objects = objects;
  }

  /** The Secret first, then the pod, which the Secret owns. */
  void make(BuildSpec spec) throws NamespaceProvisioner.Foreign {
    if (!namespaces.within(spec.app(), () -> isMade(spec))) {
      throw new IllegalStateException(
          "the pod of build %s goes and comes back".formatted(spec.id()));
    }
  }

  private boolean isMade(BuildSpec spec) {
    try {
      return Retry.call(
          UNTIL_MADE,
          () -> {
            Secret secret = kubernetes.apply(objects.secret(spec));
            Pod pod = objects.pod(spec, secret.getMetadata().getUid());
            return kubernetes.create(pod) || isThere(pod);
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while the pod of build %s was made".formatted(spec.id()), e);
    }
  }

  /** Whether the pod is there, owned by this Secret, and stays; waits for one that goes. */
  private boolean isThere(Pod wanted) {
    Optional<Pod> there = kubernetes.find(wanted);
    if (there.isEmpty()) {
      return false;
    }
    Pod pod = there.get();
    boolean ours =
        wanted.getMetadata().getOwnerReferences().equals(pod.getMetadata().getOwnerReferences());
    if (ours && pod.getMetadata().getDeletionTimestamp() == null) {
      return true;
    }
    if (!ours) {
      kubernetes.delete(pod);
    }
    kubernetes.awaitGone(
        kubernetes.client().resource(pod), pod.getMetadata().getUid(), GOES_WITHIN);
    return false;
  }

  /** Stops the pods of a build that still run, and waits for their end. */
  void stop(BuildId build) {
    Map<String, String> selector = Labels.selector(installation, Labels.BUILDER);
    selector.put(Labels.BUILD, build.value());
    for (Pod pod :
        kubernetes.client().pods().inAnyNamespace().withLabels(selector).list().getItems()) {
      if (!isOver(pod) && !endsAlone(pod)) {
        remove(pod);
        kubernetes.awaitGone(
            kubernetes.client().resource(pod), pod.getMetadata().getUid(), GOES_WITHIN);
      }
    }
  }

  /**
   * Deletes the Secret, and the pod without waiting until Kubernetes does so because of that. A pod
   * whose container does not run yet has no end to wait for; without its Secret it never gets one.
   */
  void remove(Pod pod) {
    removeSecret(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    if (PodState.of(pod) instanceof PodState.Running) {
      kubernetes.delete(pod);
    } else {
      kubernetes.client().resource(pod).withGracePeriod(0).delete();
    }
  }

  void removeSecret(String namespace, String name) {
    kubernetes
        .client()
        .secrets()
        .inNamespace(namespace)
        .withName(name)
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
  }

  /** The Secret of a build whose pod may never have been made. */
  void removeSecret(BuildSpec spec) {
    removeSecret(installation.namespaceOf(spec.app()), BuildObjects.name(spec));
  }

  private boolean endsAlone(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null
        || !(PodState.of(pod) instanceof PodState.Running)) {
      return false;
    }
    PodResource resource = kubernetes.client().pods().resource(pod);
    try {
      resource.waitUntilCondition(
          now -> now == null || isOver(now), ENDS_ALONE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (KubernetesClientTimeoutException stillRuns) {
      return false;
    }
  }

  static boolean isOver(Pod pod) {
    return PodState.of(pod) instanceof PodState.Ended
        && pod.getMetadata().getDeletionTimestamp() == null;
  }
}
