package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.platform.domain.App;
import io.platform.domain.port.RunSpec;
import io.platform.slug.ProcessTypes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Deployment of an app's web process. It says how many replicas only where the app's formation
 * does: else the first apply gets Kubernetes' default of one, and from then on it is whoever scales
 * who says it ({@code kubectl scale}, an autoscaler).
 */
final class WebDeployment {
  /** The name of the container's port, and of the Service's. */
  static final String HTTP = "http";

  private static final int REVISIONS = 3;

  private final InstallationId installation;
  private final AppSettings settings;

  WebDeployment(InstallationId installation, AppSettings settings) {
    this.installation = installation;
    this.settings = settings;
  }

  /** What the Service and the Deployment find the app's web pods by. */
  static Map<String, String> selector(App app) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Labels.APP, app.path().name());
    labels.put(Labels.PROCESS, ProcessTypes.WEB);
    return labels;
  }

  /** The Deployment; old pods go only when new ones answer. */
  Deployment of(RunSpec spec, ObjectMeta metadata) {
    return new DeploymentBuilder()
        .withMetadata(
            new ObjectMetaBuilder(metadata)
                .addToLabels(Labels.VERSION, spec.release().version().toString())
                .addToLabels(Labels.RELEASE, spec.release().id().value())
                .build())
        .withNewSpec()
        .withReplicas(spec.app().formation().scaledTo(ProcessTypes.WEB).orElse(null))
        .withRevisionHistoryLimit(REVISIONS)
        .withNewSelector()
        .withMatchLabels(selector(spec.app()))
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxUnavailable(new IntOrString(0))
        .withMaxSurge(new IntOrString("25%"))
        .endRollingUpdate()
        .endStrategy()
        .withTemplate(template(spec))
        .endSpec()
        .build();
  }

  private PodTemplateSpec template(RunSpec spec) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .addToLabels(Labels.of(installation, spec.app(), Labels.APPS))
        .addToLabels(Labels.PROCESS, ProcessTypes.WEB)
        .addToLabels(Labels.VERSION, spec.release().version().toString())
        .addToLabels(Labels.RELEASE, spec.release().id().value())
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(NamespaceObjects.APPS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(settings.drain().plus(settings.grace()).toSeconds())
        .withSecurityContext(Hardening.pod())
        .withContainers(container(spec))
        .withVolumes(
            Hardening.directory("app", settings.appSize()),
            Hardening.directory("tmp", settings.tmpSize()))
        .endSpec()
        .build();
  }

  private Container container(RunSpec spec) {
    ContainerProgram program = settings.program();
    return new ContainerBuilder()
        .withName(ProcessTypes.WEB)
        .withImage(program.image())
        .withImagePullPolicy(program.pullPolicy())
        .withCommand(program.command())
        .withArgs(program.args())
        .withEnv(
            EnvironmentVariables.plain("PLATFORM_URL", spec.platformUrl().toString()),
            EnvironmentVariables.plain("PLATFORM_RELEASE", spec.release().id().value()),
            EnvironmentVariables.plain("PLATFORM_PROCESS", ProcessTypes.WEB),
            EnvironmentVariables.plain("PORT", Integer.toString(settings.port())))
        .addNewEnvFrom()
        .withNewSecretRef()
        .withName(ObjectNames.secret(spec))
        .endSecretRef()
        .endEnvFrom()
        .addNewPort()
        .withName(HTTP)
        .withContainerPort(settings.port())
        .withProtocol("TCP")
        .endPort()
        .withNewReadinessProbe()
        .withNewTcpSocket()
        .withNewPort(HTTP)
        .endTcpSocket()
        .withPeriodSeconds(1)
        .endReadinessProbe()
        .withNewLifecycle()
        .withNewPreStop()
        .withNewExec()
        .withCommand("sleep", Long.toString(settings.drain().toSeconds()))
        .endExec()
        .endPreStop()
        .endLifecycle()
        .withResources(
            settings
                .resources()
                .with(spec.app().formation().size(ProcessTypes.WEB))
                .toRequirements())
        .withSecurityContext(Hardening.container())
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(Hardening.mount("app", "/app"), Hardening.mount("tmp", "/tmp"))
        .build();
  }
}
