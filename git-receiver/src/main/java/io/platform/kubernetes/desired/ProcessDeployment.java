package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import io.platform.domain.App;
import io.platform.domain.AppFeature;
import io.platform.domain.ProcessMetadata;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessShare;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseCommandRule;
import io.platform.domain.RolloutOptions;
import io.platform.domain.port.RunSpec;
import io.platform.slug.ProcessTypes;
import io.platform.slug.RunnerVariables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Deployment of one of an app's process types. That of {@code web} says how many replicas only
 * where the app's formation does: else the first apply gets Kubernetes' default of one, and from
 * then on it is whoever scales who says it ({@code kubectl scale}, an autoscaler).
 *
 * <p>Processes of other types have no port, and nobody asks whether they answer: one that has run
 * for a while is up. Those of two releases run at the same time only where the app allows it.
 */
final class ProcessDeployment {
  /** The name of the container's port, and of the Service's. */
  static final String HTTP = "http";

  /** How often Kubernetes looks whether a web process without checks of its own listens. */
  static final int LOOK = 1;

  private static final int REVISIONS = 3;
  private static final IntOrString NONE = new IntOrString(0);
  private static final IntOrString SURGE = new IntOrString("25%");

  private final InstallationId installation;
  private final AppSettings settings;
  private final HealthProbes probes;
  private final SlugContainer slug;

  ProcessDeployment(InstallationId installation, AppSettings settings) {
    this.installation = installation;
    this.settings = settings;
    this.probes = new HealthProbes(settings.boot());
    this.slug = new SlugContainer(settings);
  }

  /** What the Service and the Deployments find the app's pods of a type by. */
  static Map<String, String> selector(App app, String type) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Labels.APP, ObjectNames.of(app));
    labels.put(Labels.PROCESS, Labels.value(type));
    return labels;
  }

  /** The Deployment of the web processes; old pods go only when new ones answer. */
  Deployment web(RunSpec spec, ObjectMeta metadata) {
    DeploymentBuilder deployment = of(spec, ProcessTypes.WEB, metadata);
    return deployment
        .editSpec()
        .withReplicas(spec.app().formation().scaledTo(ProcessTypes.WEB).orElse(null))
        .withMinReadySeconds(
            HealthProbes.uptime(spec.release().appJson(), ProcessTypes.WEB)
                .map(ProcessDeployment::seconds)
                .orElse(null))
        .withStrategy(rolling(spec.app().options().rollout()))
        .endSpec()
        .build();
  }

  /** The Deployment of another type; new pods start when the old ones have ended. */
  Deployment other(RunSpec spec, String type, ObjectMeta metadata) {
    return of(
            spec,
            type,
            new ObjectMetaBuilder(metadata).addToLabels(Labels.PROCESS, Labels.value(type)).build())
        .editSpec()
        .withReplicas(spec.app().formation().quantity(type))
        .withMinReadySeconds(
            HealthProbes.uptime(spec.release().appJson(), type)
                .map(ProcessDeployment::seconds)
                .map(uptime -> Math.max(uptime, seconds(settings.steady())))
                .orElseGet(() -> seconds(settings.steady())))
        .withStrategy(
            spec.app().options().has(AppFeature.OVERLAPPING_WORKERS)
                ? rolling(RolloutOptions.DEFAULTS)
                : new DeploymentStrategyBuilder().withType("Recreate").build())
        .endSpec()
        .build();
  }

  private static int seconds(Duration time) {
    return Math.toIntExact(time.toSeconds());
  }

  private static DeploymentStrategy rolling(RolloutOptions options) {
    return new DeploymentStrategyBuilder()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxUnavailable(options.maxUnavailable().map(ProcessDeployment::share).orElse(NONE))
        .withMaxSurge(options.maxSurge().map(ProcessDeployment::share).orElse(SURGE))
        .endRollingUpdate()
        .build();
  }

  private static IntOrString share(ProcessShare share) {
    return share.percent() ? new IntOrString(share.toString()) : new IntOrString(share.value());
  }

  /** The pod of a command of the release, which runs once. */
  Pod releaseCommand(RunSpec spec, ReleaseCommandKind kind, ObjectMeta metadata, Duration limit) {
    PodTemplateSpec template = template(spec, ProcessTypes.RELEASE);
    ProcessName name = ProcessName.numbered(kind.word(), spec.release().version().number());
    return new PodBuilder()
        .withMetadata(
            new ObjectMetaBuilder(metadata)
                .addToLabels(template.getMetadata().getLabels())
                .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
                .build())
        .withNewSpecLike(template.getSpec())
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(Math.max(1, limit.toSeconds()))
        .withContainers(
            container(spec, ProcessTypes.RELEASE)
                .addToEnv(EnvironmentVariables.plain("DYNO", name.toString()))
                .addAllToEnv(script(spec, kind))
                .build())
        .endSpec()
        .build();
  }

  /** A script runs in place of the release command. */
  private static List<EnvVar> script(RunSpec spec, ReleaseCommandKind kind) {
    return kind == ReleaseCommandKind.RELEASE
        ? List.of()
        : ReleaseCommandRule.command(kind, spec.app(), spec.release()).stream()
            .map(command -> EnvironmentVariables.plain(RunnerVariables.COMMAND, command))
            .toList();
  }

  private DeploymentBuilder of(RunSpec spec, String type, ObjectMeta metadata) {
    return new DeploymentBuilder()
        .withMetadata(
            new ObjectMetaBuilder(metadata)
                .addToLabels(Labels.VERSION, spec.release().version().toString())
                .addToLabels(Labels.RELEASE, spec.release().id().value())
                .build())
        .withNewSpec()
        .withRevisionHistoryLimit(REVISIONS)
        .withNewSelector()
        .withMatchLabels(selector(spec.app(), type))
        .endSelector()
        .withTemplate(template(spec, type))
        .endSpec();
  }

  /** The pods of a process type. */
  PodTemplateSpec template(RunSpec spec, String type) {
    boolean web = type.equals(ProcessTypes.WEB);
    Duration grace = spec.app().options().rollout().stopGrace(settings.grace());
    Duration toStop = web ? settings.drain().plus(grace) : grace;
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .addToLabels(Labels.of(installation, spec.app(), Labels.APPS))
        .addToLabels(Labels.PROCESS, Labels.value(type))
        .addToLabels(Labels.VERSION, spec.release().version().toString())
        .addToLabels(Labels.RELEASE, spec.release().id().value())
        .addToAnnotations(restarted(spec.app(), type))
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(NamespaceObjects.APPS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(toStop.toSeconds())
        .withSecurityContext(Hardening.pod())
        .withInitContainers(
            slug.container(
                spec,
                ObjectNames.slugContainer(type),
                settings.resources().with(spec.app().formation().size(type))))
        .withContainers(
            web
                ? webContainer(spec)
                : probes.add(container(spec, type), spec.release().appJson(), type).build())
        .withVolumes(
            slug.volume(),
            Hardening.directory("app", settings.appSize()),
            Hardening.directory("tmp", settings.tmpSize()))
        .endSpec()
        .build();
  }

  /** Another time in the template makes Kubernetes replace the pods, as it does for a release. */
  private static Map<String, String> restarted(App app, String type) {
    return app.restarts()
        .rolling(type)
        .map(at -> Map.of(Labels.RESTARTED_AT, at.toString()))
        .orElse(Map.of());
  }

  private Container webContainer(RunSpec spec) {
    ContainerBuilder container =
        container(spec, ProcessTypes.WEB)
            .addToEnv(EnvironmentVariables.plain("PORT", Integer.toString(settings.port())))
            .addNewPort()
            .withName(HTTP)
            .withContainerPort(settings.port())
            .withProtocol("TCP")
            .endPort()
            .withNewReadinessProbe()
            .withNewTcpSocket()
            .withNewPort(HTTP)
            .endTcpSocket()
            .withPeriodSeconds(LOOK)
            .endReadinessProbe()
            .withNewLifecycle()
            .withNewPreStop()
            .withNewExec()
            .withCommand("sleep", Long.toString(settings.drain().toSeconds()))
            .endExec()
            .endPreStop()
            .endLifecycle();
    return probes.add(container, spec.release().appJson(), ProcessTypes.WEB).build();
  }

  /** The memory limit is the container's, also where somebody else has set one. */
  private static List<EnvVar> environment(RunSpec spec, String type) {
    List<EnvVar> variables = new ArrayList<>();
    variables.add(EnvironmentVariables.plain(RunnerVariables.SLUG, SlugContainer.FILE));
    variables.add(EnvironmentVariables.plain("PLATFORM_PROCESS", type));
    variables.add(
        new EnvVarBuilder()
            .withName("PLATFORM_MEMORY")
            .withNewValueFrom()
            .withNewResourceFieldRef()
            .withResource("limits.memory")
            .endResourceFieldRef()
            .endValueFrom()
            .build());
    ProcessMetadata.of(spec.app(), spec.release())
        .forEach((name, value) -> variables.add(EnvironmentVariables.plain(name, value)));
    return variables;
  }

  /** Their container, without a port. It has nothing that the app may not read. */
  ContainerBuilder container(RunSpec spec, String type) {
    ContainerProgram program = settings.program();
    return new ContainerBuilder()
        .withName(ObjectNames.container(type))
        .withImage(program.image())
        .withImagePullPolicy(program.pullPolicy())
        .withCommand(program.command())
        .withArgs(program.args())
        .withEnv(environment(spec, type))
        .addNewEnvFrom()
        .withNewSecretRef()
        .withName(ObjectNames.config(spec))
        .endSecretRef()
        .endEnvFrom()
        .withResources(
            settings.resources().with(spec.app().formation().size(type)).toRequirements())
        .withSecurityContext(Hardening.container())
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(
            SlugContainer.mount(true),
            Hardening.mount("app", "/app"),
            Hardening.mount("tmp", "/tmp"));
  }
}
