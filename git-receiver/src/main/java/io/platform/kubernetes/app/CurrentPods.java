package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The pods that a roll-out is judged by: those of the template that the Deployment has now. What
 * somebody's change made, and what is healed already, has the release's label, too, and may crash
 * until it is gone.
 */
final class CurrentPods {
  /** Given to ReplicaSets and their pods by Kubernetes' Deployment controller. */
  private static final String TEMPLATE_HASH = "pod-template-hash";

  private static final String REVISION = "deployment.kubernetes.io/revision";

  private CurrentPods() {}

  /**
   * Chooses them.
   *
   * @param sets at least all ReplicaSets of the Deployment
   * @param pods those of the release
   * @return none while the controller has not seen the Deployment as it is
   */
  static List<Pod> of(Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {
    if (!isObserved(deployment)) {
      return List.of();
    }
    return current(deployment, sets).flatMap(set -> label(set, TEMPLATE_HASH)).stream()
        .flatMap(hash ->
            pods.stream().filter(pod -> label(pod, TEMPLATE_HASH).equals(Optional.of(hash))))
        .toList();
  }

  /** Whether what Kubernetes says of the Deployment is about what it asks for now. */
  static boolean isObserved(Deployment deployment) {
    return deployment.getStatus() != null
        && deployment.getStatus().getObservedGeneration() != null
        && deployment.getStatus().getObservedGeneration()
            >= deployment.getMetadata().getGeneration();
  }

  /**
   * As the controller finds it: the oldest with the Deployment's template. Where the API server's
   * defaults have changed since, no template is the same, and the revision tells.
   */
  private static Optional<ReplicaSet> current(Deployment deployment, List<ReplicaSet> sets) {
    List<ReplicaSet> own =
        sets.stream()
            .filter(set -> isOwned(set, deployment))
            .sorted(Comparator.comparing(set -> set.getMetadata().getCreationTimestamp()))
            .toList();
    PodTemplateSpec wanted = withoutHash(deployment.getSpec().getTemplate());
    return own.stream()
        .filter(set -> withoutHash(set.getSpec().getTemplate()).equals(wanted))
        .findFirst()
        .or(() ->
            revision(deployment)
                .flatMap(now ->
                    own.stream()
                        .filter(set -> revision(set).equals(Optional.of(now)))
                        .findFirst()));
  }

  private static boolean isOwned(ReplicaSet set, Deployment deployment) {
    return set.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> AppliedRelease.uid(deployment).equals(owner.getUid()));
  }

  private static PodTemplateSpec withoutHash(PodTemplateSpec template) {
    return new PodTemplateSpecBuilder(template)
        .editOrNewMetadata()
        .removeFromLabels(TEMPLATE_HASH)
        .endMetadata()
        .build();
  }

  private static Optional<String> label(HasMetadata object, String name) {
    return Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get(name));
  }

  private static Optional<String> revision(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(REVISION));
  }
}
