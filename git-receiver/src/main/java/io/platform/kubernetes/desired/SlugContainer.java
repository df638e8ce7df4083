package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.platform.domain.port.RunSpec;
import io.platform.slug.RunnerVariables;

/**
 * The init container of an app's pods, and the volume in which it leaves the release's slug. It
 * alone has the release's token. What Kubernetes itself starts in the app's container, such as the
 * command of a probe, has that container's environment, which the app can read.
 *
 * <p>The app's container can read the volume only, so that it begins with the slug as it was
 * verified each time that it is started.
 */
final class SlugContainer {
  /** The slug, in the volume. */
  static final String FILE = "/slug/slug.tar.zst";

  private static final String VOLUME = "slug";
  private static final String DIRECTORY = "/slug";

  private final AppSettings settings;

  SlugContainer(AppSettings settings) {
    this.settings = settings;
  }

  /**
   * The container.
   *
   * @param resources those of the app's container: with more, the pod would need more
   */
  Container container(RunSpec spec, String name, ContainerResources resources) {
    ContainerProgram program = settings.program();
    return new ContainerBuilder()
        .withName(name)
        .withImage(program.image())
        .withImagePullPolicy(program.pullPolicy())
        .withCommand(program.command())
        .withArgs(program.args())
        .withEnv(
            EnvironmentVariables.plain("PLATFORM_URL", spec.platformUrl().toString()),
            EnvironmentVariables.plain("PLATFORM_RELEASE", spec.release().id().value()),
            EnvironmentVariables.plain(RunnerVariables.STORE_SLUG, FILE))
        .addNewEnvFrom()
        .withNewSecretRef()
        .withName(ObjectNames.token(spec))
        .endSecretRef()
        .endEnvFrom()
        .withResources(resources.toRequirements())
        .withSecurityContext(Hardening.container())
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(mount(false))
        .build();
  }

  /** It is smaller than what it unpacks to, or hardly larger. */
  Volume volume() {
    return Hardening.directory(VOLUME, settings.appSize());
  }

  static VolumeMount mount(boolean readOnly) {
    return new VolumeMountBuilder(Hardening.mount(VOLUME, DIRECTORY))
        .withReadOnly(readOnly ? true : null)
        .build();
  }
}
