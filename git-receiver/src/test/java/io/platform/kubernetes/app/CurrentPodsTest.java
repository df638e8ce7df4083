package io.platform.kubernetes.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentPodsTest {
  private final ReplicaSet good = set("good", "1", "run");
  private final ReplicaSet broken = set("broken", "2", "crash");
  private final Pod goodPod = pod("good");
  private final Pod brokenPod = pod("broken");

  @Test
  void podsOfAChangeThatIsHealedDoNotCount() {
    assertThat(
            CurrentPods.of(
                deployment("run", 3, 3, "3"), List.of(broken, good), List.of(brokenPod, goodPod)))
        .containsExactly(goodPod);
  }

  @Test
  void noPodCountsBeforeTheControllerHasSeenTheHealing() {
    assertThat(
            CurrentPods.of(
                deployment("run", 3, 2, "2"), List.of(good, broken), List.of(brokenPod, goodPod)))
        .isEmpty();
  }

  @Test
  void noPodCountsBeforeTheTemplateHasItsReplicaSet() {
    assertThat(CurrentPods.of(deployment("run", 3, 3, "2x"), List.of(broken), List.of(brokenPod)))
        .isEmpty();
  }

  @Test
  void theRevisionTellsWhereDefaultsHaveChanged() {
    assertThat(
            CurrentPods.of(
                deployment("run --with-new-default", 3, 3, "1"),
                List.of(good, broken),
                List.of(brokenPod, goodPod)))
        .containsExactly(goodPod);
  }

  @Test
  void aReplicaSetOfAnotherDeploymentDoesNotCount() {
    ReplicaSet foreign =
        good.edit()
            .editMetadata()
            .withOwnerReferences(List.of())
            .addNewOwnerReference()
            .withUid("another")
            .endOwnerReference()
            .endMetadata()
            .build();
    assertThat(CurrentPods.of(deployment("run", 1, 1, "1"), List.of(foreign), List.of(goodPod)))
        .isEmpty();
  }

  private static Deployment deployment(
      String command, long generation, long observed, String revision) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withUid("deployment")
        .withGeneration(generation)
        .addToAnnotations("deployment.kubernetes.io/revision", revision)
        .endMetadata()
        .withNewSpec()
        .withTemplate(template(command))
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(observed)
        .endStatus()
        .build();
  }

  private static ReplicaSet set(String hash, String revision, String command) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName("shop-web-" + hash)
        .withCreationTimestamp("2026-01-01T00:00:0" + revision + "Z")
        .addToLabels("pod-template-hash", hash)
        .addToAnnotations("deployment.kubernetes.io/revision", revision)
        .addNewOwnerReference()
        .withUid("deployment")
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withTemplate(
            template(command)
                .edit()
                .editMetadata()
                .addToLabels("pod-template-hash", hash)
                .endMetadata()
                .build())
        .endSpec()
        .build();
  }

  private static PodTemplateSpec template(String command) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .addToLabels("release", "r1")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withArgs(command)
        .endContainer()
        .endSpec()
        .build();
  }

  private static Pod pod(String hash) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("shop-web-" + hash + "-1")
        .addToLabels("pod-template-hash", hash)
        .endMetadata()
        .build();
  }
}
