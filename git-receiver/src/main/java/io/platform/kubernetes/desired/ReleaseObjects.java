package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.platform.domain.App;
import io.platform.domain.Formation;
import io.platform.domain.ProcessPlan;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.port.RunSpec;
import io.platform.slug.ConfigVars;
import io.platform.slug.ProcessTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The desired objects of a release: its Secrets, a Deployment for each process type, and the app's
 * Service and Ingress.
 */
public final class ReleaseObjects {
  private static final int SERVICE_PORT = 80;

  private final InstallationId installation;
  private final AppSettings settings;
  private final ProcessDeployment deployment;

  /** The objects of this installation's apps. */
  public ReleaseObjects(InstallationId installation, AppSettings settings) {
    this.installation = installation;
    this.settings = settings;
    this.deployment = new ProcessDeployment(installation, settings);
  }

  /**
   * The release's config vars, for the containers of the app, and its token, for those that fetch
   * the slug. They never change: a release does not, and its token is good for as long as it is
   * wanted.
   */
  public List<Secret> secrets(RunSpec spec) {
    return List.of(
        secret(
            spec,
            ObjectNames.config(spec),
            ConfigVars.toEnvironment(spec.release().config().vars())),
        secret(spec, ObjectNames.token(spec), EnvironmentVariables.token(spec.token())));
  }

  private Secret secret(RunSpec spec, String name, Map<String, String> values) {
    ObjectMeta metadata =
        new ObjectMetaBuilder(metadata(spec.app()))
            .withName(name)
            .addToLabels(Labels.VERSION, spec.release().version().toString())
            .addToLabels(Labels.RELEASE, spec.release().id().value())
            .build();
    return EnvironmentVariables.secret(values).withMetadata(metadata).withImmutable(true).build();
  }

  /**
   * What the web processes of a release need: Deployment, Service, and Ingress where there are any.
   * Nothing for a release without a web process.
   */
  public List<HasMetadata> web(RunSpec spec) {
    if (!spec.release().hasWeb()) {
      return List.of();
    }
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(
        deployment.web(spec, metadata(spec.app(), ObjectNames.of(spec.app(), ProcessTypes.WEB))));
    objects.add(service(spec.app()));
    settings
        .ingress()
        .ifPresent(ingress -> objects.add(AppIngress.of(installation, spec.app(), ingress)));
    return objects;
  }

  /** Two process types of the release whose objects would have the same name. */
  public static Optional<ReleaseFailureCause.SameNames> sameNames(RunSpec spec) {
    Map<String, String> types = new HashMap<>();
    for (String type :
        ProcessPlan.of(Formation.UNSCALED, spec.release().processTypes()).scales().keySet()) {
      String first = types.put(ObjectNames.of(spec.app(), type), type);
      if (first != null) {
        return Optional.of(new ReleaseFailureCause.SameNames(first, type));
      }
    }
    return Optional.empty();
  }

  /**
   * The Deployments of its other process types, of those that somebody has scaled. One that was
   * scaled to 0 has no replicas.
   */
  public List<Deployment> others(RunSpec spec) {
    return ProcessPlan.of(spec.app().formation(), spec.release().processTypes())
        .scales()
        .keySet()
        .stream()
        .filter(type -> !type.equals(ProcessTypes.WEB))
        .filter(type -> spec.app().formation().scaledTo(type).isPresent())
        .map(type ->
            deployment.other(spec, type, metadata(spec.app(), ObjectNames.of(spec.app(), type))))
        .toList();
  }

  /**
   * The pod of a command of the release. Its name says whose it is, so that it is found again.
   *
   * @param limit how long it may run
   */
  public Pod releaseCommand(RunSpec spec, ReleaseCommandKind kind, Duration limit) {
    return deployment.releaseCommand(
        spec, kind, metadata(spec.app(), ObjectNames.releaseCommand(spec, kind)), limit);
  }

  private Service service(App app) {
    return new ServiceBuilder()
        .withMetadata(metadata(app))
        .withNewSpec()
        .withSelector(ProcessDeployment.selector(app, ProcessTypes.WEB))
        .addNewPort()
        .withName(ProcessDeployment.HTTP)
        .withPort(SERVICE_PORT)
        .withProtocol("TCP")
        .withNewTargetPort(ProcessDeployment.HTTP)
        .endPort()
        .endSpec()
        .build();
  }

  private ObjectMeta metadata(App app) {
    return metadata(app, ObjectNames.of(app));
  }

  private ObjectMeta metadata(App app, String name) {
    Map<String, String> labels = new LinkedHashMap<>(Labels.of(installation, app, Labels.APPS));
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(installation.namespaceOf(app))
        .withLabels(labels)
        .build();
  }
}
