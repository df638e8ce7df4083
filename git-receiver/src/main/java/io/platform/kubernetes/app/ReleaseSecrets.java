package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Secret;
import io.platform.domain.App;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.Labels;
import io.platform.kubernetes.desired.ReleaseObjects;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Secrets of an app's releases, which never change. */
public final class ReleaseSecrets {
  private final KubernetesApi kubernetes;
  private final InstallationId installation;
  private final ReleaseObjects objects;

  /** Those of this installation. */
  public ReleaseSecrets(
      KubernetesApi kubernetes, InstallationId installation, ReleaseObjects objects) {
    this.kubernetes = kubernetes;
    this.installation = installation;
    this.objects = objects;
  }

  /** Makes the release's Secrets, unless they are there; what has their names otherwise goes. */
  public void make(RunSpec spec) {
    objects.secrets(spec).forEach(this::make);
  }

  private void make(Secret wanted) {
    if (kubernetes.create(wanted)) {
      return;
    }
    Optional<Secret> there = kubernetes.find(wanted);
    if (there.isEmpty() || !release(there.get()).equals(release(wanted))) {
      there.ifPresent(kubernetes::delete);
      kubernetes.create(wanted);
    }
  }

  /** Removes the Secrets of a release that did not come up. */
  void remove(RunSpec spec) {
    objects.secrets(spec).forEach(kubernetes::delete);
  }

  /**
   * Removes those of the releases before this one, and what earlier versions of the platform made
   * in place of its own: no pod will ever be started from them.
   */
  void removeFormer(RunSpec spec) {
    App app = spec.app();
    Map<String, String> selector = Labels.selector(installation, Labels.APPS);
    selector.put(Labels.APP_ID, app.id().value());
    List<String> wanted =
        objects.secrets(spec).stream().map(secret -> secret.getMetadata().getName()).toList();
    kubernetes
        .client()
        .secrets()
        .inNamespace(installation.namespaceOf(app))
        .withLabels(selector)
        .list()
        .getItems()
        .stream()
        .filter(secret -> !wanted.contains(secret.getMetadata().getName()))
        .filter(secret ->
            version(secret).filter(v -> v.compareTo(spec.release().version()) <= 0).isPresent())
        .forEach(kubernetes::delete);
  }

  private static Optional<ReleaseVersion> version(Secret secret) {
    return Optional.ofNullable(secret.getMetadata().getLabels().get(Labels.VERSION))
        .flatMap(ReleaseVersion::parse);
  }

  private static Optional<String> release(Secret secret) {
    return Optional.ofNullable(secret.getMetadata().getLabels())
        .map(labels -> labels.get(Labels.RELEASE));
  }
}
