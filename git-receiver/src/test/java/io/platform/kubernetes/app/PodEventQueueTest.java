package io.platform.kubernetes.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodEventQueueTest {
  @Test
  void keepsAnEventUntilItsPodIsSeen() {
    PodEventQueue queue = new PodEventQueue();
    List<String> told = new ArrayList<>();
    queue.add(event("shop--web-1-abc", "u1", "Pulling"));
    queue.add(event("other--web-1-abc", "u2", "Pulling"));
    take(queue, told);
    assertThat(told).isEmpty();
    queue.add(event("shop--web-1-abc", "u1", "FailedMount"));
    take(queue, told, "u1");
    assertThat(told).containsExactly("Pulling", "FailedMount");
    take(queue, told, "u1", "u2");
    assertThat(told).hasSize(2);
  }

  private static void take(PodEventQueue queue, List<String> told, String... uids) {
    List<Pod> pods =
        List.of(uids).stream()
            .map(uid -> new PodBuilder().withNewMetadata().withUid(uid).endMetadata().build())
            .toList();
    queue.take("shop--web", pods, (pod, event) -> told.add(event.getReason()));
  }

  private static Event event(String pod, String uid, String reason) {
    return new EventBuilder()
        .withReason(reason)
        .withNewInvolvedObject()
        .withKind("Pod")
        .withName(pod)
        .withUid(uid)
        .endInvolvedObject()
        .build();
  }
}
