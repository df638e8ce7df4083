package io.platform.kubernetes.client;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.platform.domain.port.Subscription;
import java.util.Map;
import java.util.function.Consumer;

/** Kubernetes' events on pods: they alone say that an image is being pulled. */
public final class PodEvents {
  private static final String KIND = "involvedObject.kind";
  private static final String NAME = "involvedObject.name";

  private final KubernetesApi kubernetes;

  public PodEvents(KubernetesApi kubernetes) {
    this.kubernetes = kubernetes;
  }

  /** Tells the events on one pod, those that were first. */
  public Subscription of(String namespace, String pod, Consumer<Event> consumer) {
    return watch(namespace, Map.of(KIND, "Pod", NAME, pod), consumer);
  }

  /** Tells the events on all pods of a namespace, those that were first. */
  public Subscription of(String namespace, Consumer<Event> consumer) {
    return watch(namespace, Map.of(KIND, "Pod"), consumer);
  }

  private Subscription watch(
      String namespace, Map<String, String> fields, Consumer<Event> consumer) {
    SharedIndexInformer<Event> events =
        kubernetes
            .client()
            .v1()
            .events()
            .inNamespace(namespace)
            .withFields(fields)
            .runnableInformer(0);
    events.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(Event event) {
            consumer.accept(event);
          }

          @Override
          public void onUpdate(Event before, Event event) {
            consumer.accept(event);
          }

          @Override
          public void onDelete(Event event, boolean unknown) {
            // Kubernetes forgets events after an hour.
          }
        });
    kubernetes.health().observe(events);
    events.start();
    return events::close;
  }

  /** Whether the event is about this very pod, and not an earlier one of its name. */
  public static boolean isAbout(Event event, String uid) {
    ObjectReference about = event.getInvolvedObject();
    return about != null && uid.equals(about.getUid());
  }
}
