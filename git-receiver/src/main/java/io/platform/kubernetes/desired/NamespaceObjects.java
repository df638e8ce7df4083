package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.platform.domain.App;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The desired objects of a user's namespace. */
public final class NamespaceObjects {
  /** The ServiceAccount of build pods. */
  static final String BUILDS = "platform-build";

  /** The ServiceAccount of apps' pods. */
  static final String APPS = "platform-app";

  private static final String NAME = "platform";
  private static final String REGISTRY = "platform-registry";

  private final InstallationId installation;
  private final NamespaceSettings settings;

  /** The objects of this installation's namespaces. */
  public NamespaceObjects(InstallationId installation, NamespaceSettings settings) {
    this.installation = installation;
    this.settings = settings;
  }

  /** The namespace of an app. */
  public Namespace namespace(App app) {
    Map<String, String> labels = new LinkedHashMap<>(Labels.own(installation));
    labels.put(Labels.CUSTOMER, Labels.value(app.customer()));
    labels.put(Labels.NAMESPACE, app.path().namespace());
    for (String mode : List.of("enforce", "audit", "warn")) {
      labels.put("pod-security.kubernetes.io/" + mode, "restricted");
      labels.put("pod-security.kubernetes.io/" + mode + "-version", "latest");
    }
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(installation.namespaceOf(app))
        .withLabels(labels)
        .endMetadata()
        .build();
  }

  /**
   * What is in it, in the order in which it is made.
   *
   * @param pullConfig with which images are pulled; empty where the nodes need no login
   */
  public List<HasMetadata> inside(App app, Optional<String> pullConfig) {
    String namespace = installation.namespaceOf(app);
    List<HasMetadata> objects = new ArrayList<>();
    settings.rights().ifPresent(rights -> objects.add(rights(namespace, rights)));
    objects.add(new NetworkPolicies(installation, settings.network(), namespace).nothing());
    objects.add(new NetworkPolicies(installation, settings.network(), namespace).builds());
    objects.add(new NetworkPolicies(installation, settings.network(), namespace).apps());
    objects.add(quota(namespace));
    objects.add(limits(namespace));
    pullConfig.ifPresent(config -> objects.add(registry(namespace, config)));
    objects.add(account(namespace, BUILDS, pullConfig.isPresent()));
    objects.add(account(namespace, APPS, pullConfig.isPresent()));
    objects.add(account(namespace, "default", false));
    return objects;
  }

  private RoleBinding rights(String namespace, NamespaceSettings.Rights rights) {
    return new RoleBindingBuilder()
        .withMetadata(metadata(namespace, NAME))
        .withNewRoleRef()
        .withApiGroup("rbac.authorization.k8s.io")
        .withKind("ClusterRole")
        .withName(rights.clusterRole())
        .endRoleRef()
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(rights.serviceAccount())
        .withNamespace(installation.platformNamespace())
        .endSubject()
        .build();
  }

  private ResourceQuota quota(String namespace) {
    Map<String, Quantity> hard = new LinkedHashMap<>();
    settings.quota().forEach((name, quantity) -> hard.put(name, new Quantity(quantity)));
    return new ResourceQuotaBuilder()
        .withMetadata(metadata(namespace, NAME))
        .withNewSpec()
        .withHard(hard)
        .endSpec()
        .build();
  }

  private LimitRange limits(String namespace) {
    ResourceRequirements defaults = settings.unspecified().toRequirements();
    return new LimitRangeBuilder()
        .withMetadata(metadata(namespace, NAME))
        .withNewSpec()
        .addNewLimit()
        .withType("Container")
        .withDefaultRequest(defaults.getRequests())
        .withDefault(defaults.getLimits())
        .endLimit()
        .endSpec()
        .build();
  }

  private Secret registry(String namespace, String config) {
    return EnvironmentVariables.secret(Map.of(".dockerconfigjson", config))
        .withType("kubernetes.io/dockerconfigjson")
        .withMetadata(metadata(namespace, REGISTRY))
        .build();
  }

  /** Without a token; its pods get the Secret with which their image is pulled by being its own. */
  private ServiceAccount account(String namespace, String name, boolean pulls) {
    ServiceAccountBuilder account =
        new ServiceAccountBuilder()
            .withMetadata(metadata(namespace, name))
            .withAutomountServiceAccountToken(false);
    return pulls ? account.addNewImagePullSecret(REGISTRY).build() : account.build();
  }

  private ObjectMeta metadata(String namespace, String name) {
    return Labels.metadata(installation, namespace, name);
  }
}
