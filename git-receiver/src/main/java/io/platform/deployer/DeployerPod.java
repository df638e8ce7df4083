package io.platform.deployer;

import io.platform.cluster.Cluster;
import io.platform.server.Closing;
import io.platform.server.Foundation;
import io.platform.server.HttpPort;
import io.platform.server.Readiness;
import io.platform.server.StartFailed;
import io.platform.server.pod.PodSignals;
import java.io.IOException;

/** The deployer on Kubernetes: the second half of the flow with Deployments as its apps. */
final class DeployerPod {
  private DeployerPod() {}

  /** Starts it; it serves when this returns, until the parts are closed. */
  static void start(DeployerPodConfig config, Closing parts) throws IOException, StartFailed {
    Foundation foundation =
        Foundation.open(
            config.pod().foundation(),
            PodSignals.ofDeployer(config.pod().foundation().database(), parts),
            parts);
    Cluster cluster = parts.add(Cluster.open(config.cluster().of(foundation.keys().clusterId())));
    Deployer deployer = new Deployer(config.deployer(), foundation, cluster.apps());
    Readiness readiness = new Readiness();
    parts.add(
        HttpPort.open(
            config.pod().listen(),
            config.pod().port(),
            javalin -> {
              readiness.register(javalin);
              deployer.register(javalin);
            }));
    parts.add(deployer).start();
    readiness.ready();
  }
}
