package io.platform.receiver;

import io.platform.access.AuthServerConfig;
import io.platform.bootstrap.pod.ClusterSettings;
import io.platform.bootstrap.pod.PodConfig;
import io.platform.bootstrap.pod.PodPorts;
import io.platform.commons.settings.InvalidSettings;
import io.platform.commons.settings.SettingsReader;
import io.platform.domain.Infrastructure;
import io.platform.proxy.ProxySettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** All settings of the git receiver on Kubernetes, a record a concern. */
record ReceiverConfig(
    PodConfig pod,
    List<String> hosts,
    AuthServerConfig auth,
    GitReceiverConfig receiver,
    ProxySettings proxy,
    ClusterSettings cluster) {
  private static final String CLIENT = "git-receiver";

  static ReceiverConfig read(SettingsReader settings) throws InvalidSettings {
    PodConfig pod = PodConfig.read(settings, PodPorts::receiver);
    URI issuer = pod.addresses().issuer();
    List<String> hosts = pod.addresses().hosts(settings);
    ReceiverConfig config =
        new ReceiverConfig(
            pod,
            hosts,
            new AuthServerConfig(
                issuer,
                settings.baseUrl("PLATFORM_AUTH_URL").orElse(issuer),
                CLIENT,
                settings.requiredSecret("PLATFORM_CLIENT_SECRET")),
            GitReceiverConfig.read(pod.addresses(), hosts, settings).on(Infrastructure.KUBERNETES),
            ProxySettings.standard()
                .withFirstByte(settings.time("PLATFORM_APP_FIRST_BYTE", Duration.ofSeconds(30))),
            ClusterSettings.read(settings, pod.ports()));
    settings.check("PLATFORM_", List.of());
    return config;
  }
}
