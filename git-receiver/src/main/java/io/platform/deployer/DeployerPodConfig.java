package io.platform.deployer;

import io.platform.bootstrap.pod.ClusterSettings;
import io.platform.bootstrap.pod.PodConfig;
import io.platform.bootstrap.pod.PodPorts;
import io.platform.commons.settings.InvalidSettings;
import io.platform.commons.settings.SettingsReader;
import io.platform.release.ReleaseConfig;
import java.util.List;

/** All settings of the deployer on Kubernetes, a record a concern. */
record DeployerPodConfig(PodConfig pod, ReleaseConfig deployer, ClusterSettings cluster) {
  static DeployerPodConfig read(SettingsReader settings) throws InvalidSettings {
    PodConfig pod = PodConfig.read(settings, PodPorts::deployer);
    ReleaseConfig defaults = ReleaseConfig.defaults(pod.addresses().platformUrl());
    DeployerPodConfig config =
        new DeployerPodConfig(
            pod,
            defaults.withCommandLimit(
                settings.time("PLATFORM_RELEASE_COMMAND_TIME", defaults.commandLimit())),
            ClusterSettings.read(settings, pod.ports()));
    settings.check("PLATFORM_", List.of());
    return config;
  }
}
