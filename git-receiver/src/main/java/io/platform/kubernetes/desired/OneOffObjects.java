package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.platform.domain.App;
import io.platform.domain.OneOffName;
import io.platform.domain.ProcessName;
import io.platform.domain.port.OneOffSpec;
import io.platform.slug.ConfigVars;
import io.platform.slug.RunnerVariables;
import java.util.Optional;

/**
 * The desired objects of a one-off process: a pod, and a Secret where it has variables of its own.
 * No Service selects the pod.
 */
public final class OneOffObjects {
  /** A value of {@link Labels#ONE_OFF}: its command is started for a user who is connected. */
  public static final String ATTACHED = "attached";

  /** Its command is the container's. */
  public static final String DETACHED = "detached";

  private final InstallationId installation;
  private final AppSettings settings;
  private final ProcessDeployment deployment;

  /** The objects of this installation's apps. */
  public OneOffObjects(InstallationId installation, AppSettings settings) {
    this.installation = installation;
    this.settings = settings;
    this.deployment = new ProcessDeployment(installation, settings);
  }

  /** The name of pod and Secret. */
  public static String name(App app, ProcessName name) {
    return ObjectNames.of(app, OneOffName.TYPE) + "-" + name.instance();
  }

  /** Its variables; empty where it has none. It is made first, and owns the pod. */
  public Optional<Secret> secret(OneOffSpec spec) {
    return spec.environment().isEmpty()
        ? Optional.empty()
        : Optional.of(
            EnvironmentVariables.secret(ConfigVars.toEnvironment(spec.environment()))
                .withMetadata(metadata(spec).build())
                .withImmutable(true)
                .build());
  }

  /** What makes a pod go with its Secret. */
  public static OwnerReference owner(Secret made) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("Secret")
        .withName(made.getMetadata().getName())
        .withUid(made.getMetadata().getUid())
        .build();
  }

  /**
   * The pod.
   *
   * @param attached whether its command is started in it later
   * @param secret its Secret as Kubernetes made it
   */
  public Pod pod(OneOffSpec spec, boolean attached, Optional<OwnerReference> secret) {
    PodTemplateSpec template = deployment.template(spec.run(), OneOffName.TYPE);
    return new PodBuilder()
        .withMetadata(
            metadata(spec)
                .addToLabels(template.getMetadata().getLabels())
                .addToLabels(Labels.ONE_OFF, attached ? ATTACHED : DETACHED)
                .addToAnnotations(Labels.COMMAND, spec.command())
                .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
                .withOwnerReferences(secret.stream().toList())
                .build())
        .withNewSpecLike(template.getSpec())
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(Math.max(1, spec.lifetime().toSeconds()))
        .editFirstInitContainer()
        .withResources(settings.resources().with(spec.size()).toRequirements())
        .endInitContainer()
        .withContainers(container(spec, attached, secret.isPresent()))
        .endSpec()
        .build();
  }

  private Container container(OneOffSpec spec, boolean attached, boolean hasSecret) {
    ContainerBuilder container =
        deployment
            .container(spec.run(), OneOffName.TYPE)
            .withResources(settings.resources().with(spec.size()).toRequirements())
            .addToEnv(
                EnvironmentVariables.plain("DYNO", spec.name().toString()),
                EnvironmentVariables.plain(RunnerVariables.COMMAND, spec.command()));
    if (hasSecret) {
      container =
          container
              .addNewEnvFrom()
              .withNewSecretRef()
              .withName(name(spec.run().app(), spec.name()))
              .endSecretRef()
              .endEnvFrom();
    }
    return attached
        ? container.withCommand(HoldingProgram.words()).withArgs().build()
        : container.build();
  }

  private ObjectMetaBuilder metadata(OneOffSpec spec) {
    App app = spec.run().app();
    return new ObjectMetaBuilder(
        new ObjectMetaBuilder()
            .withName(name(app, spec.name()))
            .withNamespace(installation.namespaceOf(app))
            .withLabels(Labels.of(installation, app, Labels.APPS))
            .build());
  }
}
