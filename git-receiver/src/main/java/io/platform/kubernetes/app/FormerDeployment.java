package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.client.KubernetesApi;

/**
 * The Deployment that earlier versions of the platform made of an app, under the app's own name.
 * The one of the name that is used now comes up beside it, with as many pods, and then it goes:
 * meanwhile the Service leads to both.
 */
final class FormerDeployment {
  private final KubernetesApi kubernetes;
  private final AppResources observed;

  FormerDeployment(KubernetesApi kubernetes, AppResources observed) {
    this.kubernetes = kubernetes;
    this.observed = observed;
  }

  /**
   * Gives the Deployment that takes its place as many replicas as it has, where somebody has scaled
   * it.
   *
   * @return the Deployment as it is now
   */
  Deployment successor(RunSpec spec, Deployment made) {
    int replicas = observed.formerDeployment(spec).map(FormerDeployment::replicas).orElse(0);
    if (replicas <= replicas(made)) {
      return made;
    }
    return kubernetes
        .client()
        .resource(made)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"replicas\":%d}}".formatted(replicas));
  }

  private static int replicas(Deployment deployment) {
    Integer replicas = deployment.getSpec().getReplicas();
    return replicas == null ? 1 : replicas;
  }
}
