package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.platform.kubernetes.client.PodEvents;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/**
 * Kubernetes' events on the pods of a Deployment, until they are taken. Pods and events are watched
 * apart: an event can come before its pod, and is kept then. Added by any thread, taken by one.
 */
final class PodEventQueue {
  /** Of pods that were never seen: those of earlier templates have their events for an hour. */
  private static final int MOST_EARLY = 1000;

  private final Queue<Event> added = new ConcurrentLinkedQueue<>();
  private final Deque<Event> early = new ArrayDeque<>();

  void add(Event event) {
    added.add(event);
  }

  /**
   * Hands over the events on these pods, each once.
   *
   * @param deployment the name of the Deployment: whatever is of another is dropped
   */
  void take(String deployment, List<Pod> pods, BiConsumer<Pod, Event> consumer) {
    early.removeIf(event -> hand(event, pods, consumer));
    for (Event event = added.poll(); event != null; event = added.poll()) {
      if (!hand(event, pods, consumer) && isOf(deployment, event)) {
        early.add(event);
      }
    }
    while (early.size() > MOST_EARLY) {
      early.remove();
    }
  }

  private static boolean hand(Event event, List<Pod> pods, BiConsumer<Pod, Event> consumer) {
    for (Pod pod : pods) {
      if (PodEvents.isAbout(event, AppliedRelease.uid(pod))) {
        consumer.accept(pod, event);
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(String deployment, Event event) {
    return event.getInvolvedObject() != null
        && event.getInvolvedObject().getName() != null
        && event.getInvolvedObject().getName().startsWith(deployment + "-");
  }
}
