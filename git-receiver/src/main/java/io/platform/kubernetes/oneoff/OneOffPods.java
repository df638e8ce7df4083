package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.port.OneOffProcesses.NotStarted;
import io.platform.domain.port.OneOffSpec;
import io.platform.kubernetes.app.ReleaseSecrets;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.NamespaceProvisioner;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.Labels;
import io.platform.kubernetes.desired.OneOffObjects;
import io.platform.kubernetes.desired.ReleaseObjects;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes, finds and removes the pods of one-off processes, each with the Secret that it may have.
 */
final class OneOffPods {
  private final KubernetesApi kubernetes;
  private final NamespaceProvisioner namespaces;
  private final InstallationId installation;
  private final OneOffObjects objects;
  private final ReleaseSecrets releaseSecrets;

  OneOffPods(KubernetesApi kubernetes, NamespaceProvisioner namespaces, ClusterConfig config) {
    this.kubernetes = kubernetes;
    this.namespaces = namespaces;
    this.installation = config.installation();
    this.objects = new OneOffObjects(config.installation(), config.apps());
    this.releaseSecrets =
        new ReleaseSecrets(
            kubernetes,
            config.installation(),
            new ReleaseObjects(config.installation(), config.apps()));
  }

  /**
   * Makes the pod.
   *
   * @param attached whether its command is started later, for a user who is connected
   * @throws NotStarted where Kubernetes does not take it
   */
  Pod create(OneOffSpec spec, boolean attached) throws NotStarted {
    try {
      return namespaces.within(spec.run().app(), () -> make(spec, attached));
    } catch (NamespaceProvisioner.Foreign e) {
      throw new NotStarted(
          "The namespace %s of the cluster is not the platform's. Contact your administrator."
              .formatted(e.namespace()));
    } catch (KubernetesClientException e) {
      throw StartFailureMessages.refused(e);
    }
  }

  private Pod make(OneOffSpec spec, boolean attached) {
    releaseSecrets.make(spec.run());
    Optional<OwnerReference> owner =
        objects.secret(spec).map(secret -> OneOffObjects.owner(created(secret)));
    try {
      return created(objects.pod(spec, attached, owner));
    } catch (KubernetesClientException e) {
      owner.ifPresent(secret -> removeSecret(spec));
      throw e;
    }
  }

  private <T extends HasMetadata> T created(T object) {
    return kubernetes.client().resource(object).create();
  }

  private void removeSecret(OneOffSpec spec) {
    try {
      objects.secret(spec).ifPresent(kubernetes::delete);
    } catch (KubernetesClientException e) {
      // It is in the way of nothing, and goes with its app.
    }
  }

  /** The pod of a one-off process of the app. */
  Optional<Pod> find(App app, ProcessName name) {
    return Optional.ofNullable(
            kubernetes
                .client()
                .pods()
                .inNamespace(installation.namespaceOf(app))
                .withName(OneOffObjects.name(app, name))
                .get())
        .filter(pod -> pod.getMetadata().getLabels().containsKey(Labels.ONE_OFF))
        .filter(pod -> app.id().value().equals(pod.getMetadata().getLabels().get(Labels.APP_ID)));
  }

  /** Stops it: SIGTERM, and SIGKILL after the grace; then it is gone. Returns at once. */
  void remove(Pod pod, Duration grace) {
    kubernetes
        .client()
        .resource(pod)
        .withGracePeriod(grace.toSeconds())
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
    removeSecret(pod);
  }

  /** Removes one with the grace that it was made with. */
  void remove(Pod pod) {
    kubernetes.delete(pod);
    removeSecret(pod);
  }

  private void removeSecret(Pod pod) {
    for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
      Secret secret = new Secret();
      secret.setMetadata(
          new ObjectMetaBuilder()
              .withName(owner.getName())
              .withNamespace(pod.getMetadata().getNamespace())
              .build());
      kubernetes.delete(secret);
    }
  }
}
