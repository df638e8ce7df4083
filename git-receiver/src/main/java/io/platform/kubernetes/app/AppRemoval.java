package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.platform.domain.App;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.Labels;
import io.platform.kubernetes.desired.ObjectNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Removes an app's objects from the cluster; repeatable. */
final class AppRemoval {
  private static final Duration BEYOND_GRACE = Duration.ofSeconds(60);

  private final KubernetesApi kubernetes;
  private final InstallationId installation;
  private final boolean hasIngresses;
  private final Duration limit;

  AppRemoval(KubernetesApi kubernetes, ClusterConfig config) {
    this.kubernetes = kubernetes;
    this.installation = config.installation();
    this.hasIngresses = config.apps().ingress().isPresent();
    this.limit = config.apps().drain().plus(config.apps().grace()).plus(BEYOND_GRACE);
  }

  /** Removes what serves the app, and does not wait for the end of its pods. */
  void stop(App app) {
    if (hasNamespace(app)) {
      serving(app).forEach(kubernetes::delete);
    }
  }

  /** Removes what leads requests to the app: Service and Ingress. */
  void stopServing(App app) {
    ways(app).forEach(kubernetes::delete);
  }

  /** Removes all, builds too, and waits until nothing of it runs. */
  void remove(App app) throws InterruptedException {
    if (!hasNamespace(app)) {
      return;
    }
    serving(app).forEach(kubernetes::delete);
    KubernetesClient client = kubernetes.client();
    String namespace = installation.namespaceOf(app);
    Map<String, String> own = own(app);
    client
        .secrets()
        .inNamespace(namespace)
        .withLabels(own)
        .list()
        .getItems()
        .forEach(kubernetes::delete);
    client.pods().inNamespace(namespace).withLabels(own).list().getItems().stream()
        .filter(pod -> !goesWithItsController(pod))
        .forEach(kubernetes::delete);
    CompletableFuture<List<Pod>> stopped =
        client
            .pods()
            .inNamespace(namespace)
            .withLabels(own)
            .informOnCondition(pods -> pods.stream().allMatch(PodState::hasStopped));
    try {
      stopped.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the pods of %s do not stop".formatted(app.path()), e);
    } finally {
      stopped.cancel(true); // else the watch would go on
    }
  }

  /** A ReplicaSet that does not know yet that it goes would put another in its place. */
  private static boolean goesWithItsController(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
  }

  private List<HasMetadata> serving(App app) {
    List<HasMetadata> objects = new ArrayList<>(ways(app));
    objects.addAll(
        kubernetes
            .client()
            .apps()
            .deployments()
            .inNamespace(installation.namespaceOf(app))
            .withLabels(own(app))
            .list()
            .getItems());
    return objects;
  }

  private List<HasMetadata> ways(App app) {
    KubernetesClient client = kubernetes.client();
    String namespace = installation.namespaceOf(app);
    Map<String, String> own = own(app);
    List<HasMetadata> objects = new ArrayList<>();
    objects.addAll(
        client.network().v1().ingresses().inNamespace(namespace).withLabels(own).list().getItems());
    if (hasIngresses) {
      kubernetes.find(maintenance(app)).ifPresent(objects::add);
    }
    objects.addAll(client.services().inNamespace(namespace).withLabels(own).list().getItems());
    return objects;
  }

  /** That of an app in maintenance, which is in the platform's own namespace. */
  private Ingress maintenance(App app) {
    return new IngressBuilder()
        .withNewMetadata()
        .withName(ObjectNames.maintenance(app))
        .withNamespace(installation.platformNamespace())
        .endMetadata()
        .build();
  }

  boolean hasNamespace(App app) {
    Namespace namespace =
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(installation.namespaceOf(app))
            .endMetadata()
            .build();
    return kubernetes.find(namespace).isPresent();
  }

  private Map<String, String> own(App app) {
    Map<String, String> labels = Labels.own(installation);
    labels.put(Labels.APP_ID, app.id().value());
    return labels;
  }
}
