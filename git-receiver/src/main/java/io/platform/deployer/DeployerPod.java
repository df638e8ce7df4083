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
final class DeployerPod implements AutoCloseable {
  private final Closing parts = new Closing();

  private DeployerPod() {}

  /** Starts it; it serves when this returns. */
  static DeployerPod start(DeployerPodConfig config) throws IOException, StartFailed {
    DeployerPod pod = new DeployerPod();
    try {
      pod.open(config);
      return pod;
    } catch (IOException | StartFailed | RuntimeException e) {
      pod.close();
      throw e;
    }
  }

  private void open(DeployerPodConfig config) throws IOException, StartFailed {
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

  @Override
  public void close() {
    parts.close();
  }
}
