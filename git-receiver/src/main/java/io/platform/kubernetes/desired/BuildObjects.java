package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.platform.domain.Origin;
import io.platform.domain.port.BuildSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** The desired objects of a build: a pod and its Secret. */
public final class BuildObjects {
  /** The container of the build pod. */
  public static final String CONTAINER = "build";

  private static final String WORK = "/work";
  private static final String TERMINATION_LOG = "/dev/termination-log";

  private final InstallationId installation;
  private final BuildSettings settings;

  /** The objects of this installation's builds. */
  public BuildObjects(InstallationId installation, BuildSettings settings) {
    this.installation = installation;
    this.settings = settings;
  }

  /** The name of the build's pod and Secret. */
  public static String name(BuildSpec spec) {
    return spec.app().path().name() + "-build-" + spec.id();
  }

  /**
   * The Secret with the builder's token and the config vars; it is made first, and owns the pod.
   */
  public Secret secret(BuildSpec spec) {
    return EnvironmentVariables.secret(spec.config(), spec.token())
        .withMetadata(metadata(spec))
        .build();
  }

  /**
   * The pod.
   *
   * @param secretUid of the Secret as Kubernetes made it: with it the pod goes too
   */
  public Pod pod(BuildSpec spec, String secretUid) {
    return new PodBuilder()
        .withMetadata(
            new ObjectMetaBuilder(metadata(spec))
                .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Secret")
                .withName(name(spec))
                .withUid(secretUid)
                .endOwnerReference()
                .build())
        .withNewSpec()
        .withRestartPolicy("Never")
        .withServiceAccountName(NamespaceObjects.BUILDS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(settings.grace().toSeconds())
        .withSecurityContext(Hardening.pod())
        .withContainers(container(spec))
        .withVolumes(
            Hardening.directory("work", settings.workSize()),
            Hardening.directory("tmp", settings.tmpSize()),
            Hardening.directory("app", settings.tmpSize()))
        .endSpec()
        .build();
  }

  private Container container(BuildSpec spec) {
    ContainerProgram program = settings.program();
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(program.image())
        .withImagePullPolicy(program.pullPolicy())
        .withCommand(program.command())
        .withArgs(program.args())
        .withEnv(
            EnvironmentVariables.plain("PLATFORM_URL", spec.platformUrl().toString()),
            EnvironmentVariables.plain("PLATFORM_BUILD", spec.id().value()),
            EnvironmentVariables.plain("PLATFORM_WORK", WORK),
            EnvironmentVariables.plain("PLATFORM_TERMINATION_LOG", TERMINATION_LOG))
        .addNewEnvFrom()
        .withNewSecretRef()
        .withName(name(spec))
        .endSecretRef()
        .endEnvFrom()
        .withResources(settings.resources().toRequirements())
        .withSecurityContext(Hardening.container())
        .withTerminationMessagePath(TERMINATION_LOG)
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(
            Hardening.mount("work", WORK),
            Hardening.mount("tmp", "/tmp"),
            Hardening.mount("app", "/app"))
        .build();
  }

  private ObjectMeta metadata(BuildSpec spec) {
    Map<String, String> labels =
        new LinkedHashMap<>(Labels.of(installation, spec.app(), Labels.BUILDER));
    labels.put(Labels.BUILD, spec.id().value());
    labels.put(Labels.PUSHER, Labels.value(spec.origin().by()));
    spec.origin().commitId().ifPresent(commit -> labels.put(Labels.COMMIT, commit));
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put(Labels.PUSHER, spec.origin().by());
    annotations.put(Labels.DEADLINE, spec.deadline().toString());
    switch (spec.origin()) {
      case Origin.Push push -> annotations.put(Labels.REF, push.ref());
    }
    return new ObjectMetaBuilder()
        .withName(name(spec))
        .withNamespace(installation.namespaceOf(spec.app()))
        .withLabels(labels)
        .withAnnotations(annotations)
        .build();
  }
}
