package io.platform.deployer;

import io.platform.deployer.rollout.DeployerConfig;
import io.platform.server.pod.ClusterSettings;
import io.platform.server.pod.PodConfig;
import io.platform.settings.BadSettings;
import io.platform.settings.Settings;

/** All settings of the deployer on Kubernetes, a record a concern. */
record DeployerPodConfig(PodConfig pod, DeployerConfig deployer, ClusterSettings cluster) {
  private static final int PORT = 8081;

  static DeployerPodConfig read(Settings settings) throws BadSettings {
    PodConfig pod = PodConfig.read(settings, PORT);
    DeployerPodConfig config =
        new DeployerPodConfig(
            pod,
            DeployerConfig.defaults(pod.addresses().platformUrl()),
            ClusterSettings.read(settings));
    settings.check("PLATFORM_", PodConfig.OTHERS);
    return config;
  }
}
