package io.platform.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Statuses of pods whose init container fetches a slug, as kubelets write them. */
class PodStateTest {
  private static Pod pod(String restartPolicy, String status) {
    return Serialization.unmarshal(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: shop, creationTimestamp: "2026-11-21T12:00:00Z"}
        spec:
          nodeName: node-1
          restartPolicy: %s
          initContainers: [{name: proxy, restartPolicy: Always}, {name: slug}]
          containers: [{name: web}]
        status:
        %s
        """
            .formatted(restartPolicy, status.indent(2)),
        Pod.class);
  }

  private static String waiting(String slug) {
    return """
    phase: Pending
    initContainerStatuses:
    - {name: proxy, state: {running: {}}}
    - {name: slug, %s}
    containerStatuses:
    - {name: web, restartCount: 0, state: {waiting: {reason: PodInitializing}}}
    """
        .formatted(slug);
  }

  @Test
  void isInitializingWhileTheSlugIsFetched() {
    Pod pod = pod("Always", waiting("restartCount: 0, state: {running: {}}"));
    assertThat(PodState.of(pod))
        .isEqualTo(new PodState.Initializing("node-1", 0, Optional.empty()));
    assertThat(PodState.container(pod)).isEqualTo("slug");
  }

  @Test
  void isStuckWhereTheInitContainerCannotBeMade() {
    assertThat(
            PodState.of(
                pod(
                    "Always",
                    waiting("state: {waiting: {reason: ErrImagePull, message: not there}}"))))
        .isEqualTo(new PodState.Stuck("ErrImagePull", "not there"));
  }

  @Test
  void crashesWithTheInitContainer() {
    Pod pod =
        pod(
            "Always",
            waiting(
                "restartCount: 1, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}"));
    assertThat(PodState.of(pod))
        .isEqualTo(
            new PodState.Crashing(1, Optional.of(new PodState.End(137, "OOMKilled", "", "", ""))));
    assertThat(PodState.restarts(pod)).isEqualTo(1);
  }

  @Test
  void endsWithTheInitContainerWhereNothingIsStartedAgain() {
    Pod pod =
        pod(
            "Never",
            waiting(
                    "restartCount: 0, state: {terminated: {exitCode: 103, reason: Error, message: gone, finishedAt: \"2026-11-21T12:10:00Z\"}}")
                .replace("Pending", "Failed"));
    assertThat(PodState.of(pod))
        .isEqualTo(new PodState.Ended(new PodState.End(103, "Error", "gone", "", "")));
    assertThat(PodState.endedAt(pod)).isEqualTo("2026-11-21T12:10:00Z");
  }

  @Test
  void isTheContainersOnceThatWasStarted() {
    String fetched = "restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed}}";
    assertThat(PodState.of(pod("Always", waiting(fetched))))
        .isEqualTo(new PodState.Starting("node-1"));
    Pod running =
        pod(
            "Always",
            waiting(fetched)
                .replace("Pending", "Running")
                .replace(
                    "restartCount: 0, state: {waiting: {reason: PodInitializing}}",
                    "ready: true, restartCount: 2, state: {running: {}}"));
    assertThat(PodState.of(running)).isEqualTo(new PodState.Running(true, 2, Optional.empty()));
    assertThat(PodState.container(running)).isEqualTo("web");
  }
}
