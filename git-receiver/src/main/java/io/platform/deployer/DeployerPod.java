package io.platform.deployer;

import io.platform.bootstrap.PlatformServices;
import io.platform.bootstrap.Readiness;
import io.platform.bootstrap.ResourceStack;
import io.platform.bootstrap.StartupException;
import io.platform.bootstrap.pod.PodSignals;
import io.platform.commons.http.HttpServer;
import io.platform.commons.http.HttpServerConfig;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.kubernetes.KubernetesAdapters;
import io.platform.metrics.MetricsSetting;
import io.platform.metrics.PlatformMetrics;
import java.io.IOException;

/** The deployer on Kubernetes: the second half of the flow with Deployments as its apps. */
final class DeployerPod {
  private DeployerPod() {}

  /** Starts it; it serves when this returns, until the parts are closed. */
  static void start(DeployerPodConfig config, ResourceStack parts)
      throws IOException, StartupException {
    PlatformMetrics metrics = parts.add("metrics", MetricsSetting.open(config.pod().metrics()));
    PlatformServices services =
        PlatformServices.open(
            config.pod().services(), PodSignals.ofDeployer(config.pod(), parts), metrics, parts);
    KubernetesAdapters cluster =
        parts.add(
            "client of the cluster",
            KubernetesAdapters.open(config.cluster().of(services.keys().clusterId())));
    metrics.watches(cluster::watchRestarts);
    Deployer deployer =
        new Deployer(
            config.deployer(), services, cluster.apps(), cluster.releaseCommands(), metrics);
    Readiness readiness = new Readiness();
    parts.add(
        "HTTP server",
        HttpServer.start(
            ListeningPort.bind(
                ServerName.PLATFORM,
                config.pod().listen(),
                config.pod().port(),
                "PLATFORM_DEPLOYER_PORT"),
            HttpServerConfig.of(ServerName.PLATFORM),
            javalin -> {
              metrics.http(javalin);
              readiness.register(javalin);
              deployer.register(javalin);
            }));
    parts.add("deployer", deployer).start();
    readiness.ready();
  }
}
