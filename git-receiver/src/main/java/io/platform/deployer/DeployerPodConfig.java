package io.platform.deployer;

import io.platform.bootstrap.pod.ClusterSettings;
import io.platform.bootstrap.pod.PodConfig;
import io.platform.release.ReleaseConfig;
import io.platform.settings.InvalidSettings;
import io.platform.settings.SettingsReader;

/** All settings of the deployer on Kubernetes, a record a concern. */
record DeployerPodConfig(PodConfig pod, ReleaseConfig deployer, ClusterSettings cluster) {
  private static final int PORT = 8081;

  static DeployerPodConfig read(SettingsReader settings) throws InvalidSettings {
    PodConfig pod = PodConfig.read(settings, PORT);
    DeployerPodConfig config =
        new DeployerPodConfig(
            pod,
            ReleaseConfig.defaults(pod.addresses().platformUrl()),
            ClusterSettings.read(settings));
    settings.check("PLATFORM_", PodConfig.OTHERS);
    return config;
  }
}
