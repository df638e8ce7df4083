package io.platform.kubernetes.client;

import io.platform.kubernetes.desired.AppSettings;
import io.platform.kubernetes.desired.BuildSettings;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.NamespaceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of builds and apps on a cluster.
 *
 * @param kubeconfig empty for what the client finds by itself: the ServiceAccount of the pod that
 *     it runs in, or else KUBECONFIG or {@code ~/.kube/config}
 */
public record ClusterConfig(
    Optional<Path> kubeconfig,
    InstallationId installation,
    BuildSettings builds,
    AppSettings apps,
    NamespaceSettings namespaces,
    Times times) {

  /**
   * All defaults.
   *
   * @param builder what builds an app
   * @param runner what fetches a slug and becomes its process
   */
  public static ClusterConfig of(
      InstallationId installation, ContainerProgram builder, ContainerProgram runner) {
    return new ClusterConfig(
        Optional.empty(),
        installation,
        BuildSettings.defaults(builder),
        AppSettings.defaults(runner),
        NamespaceSettings.defaults(),
        Times.DEFAULTS);
  }

  /** This config, with another way to the API server. */
  public ClusterConfig with(Path kubeconfigFile) {
    return new ClusterConfig(
        Optional.of(kubeconfigFile), installation, builds, apps, namespaces, times);
  }

  /** This config, with other build pods. */
  public ClusterConfig with(BuildSettings changed) {
    return new ClusterConfig(kubeconfig, installation, changed, apps, namespaces, times);
  }

  /** This config, with other apps. */
  public ClusterConfig with(AppSettings changed) {
    return new ClusterConfig(kubeconfig, installation, builds, changed, namespaces, times);
  }

  /** This config, with other namespaces. */
  public ClusterConfig with(NamespaceSettings changed) {
    return new ClusterConfig(kubeconfig, installation, builds, apps, changed, times);
  }

  /** This config, with other times. */
  public ClusterConfig with(Times changed) {
    return new ClusterConfig(kubeconfig, installation, builds, apps, namespaces, changed);
  }

  /**
   * How long things may take.
   *
   * @param stuck how long a pod may fail to start for a reason that seldom goes away (its image
   *     cannot be pulled)
   * @param boot from the start of an app's container until it accepts connections on its port; its
   *     slug is fetched in it
   * @param rollout from a release's application until all its pods are up; what waits for room in
   *     the cluster or in the quota waits so long
   * @param keepSucceeded how long a build pod is kept for people to look at
   * @param keepFailed the same for one that failed
   */
  public record Times(
      Duration stuck,
      Duration boot,
      Duration rollout,
      Duration keepSucceeded,
      Duration keepFailed) {
    /** 2 minutes, 2 minutes, 5 minutes; 10 minutes and a day. */
    public static final Times DEFAULTS =
        new Times(
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofDays(1));
  }
}
