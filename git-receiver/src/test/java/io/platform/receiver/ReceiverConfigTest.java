package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.commons.settings.InvalidSettings;
import io.platform.commons.settings.SettingsReader;
import io.platform.domain.ScaleLimits;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.PlatformPorts;
import io.platform.support.Manifests;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiverConfigTest {
  @TempDir Path directory;
  private Map<String, String> manifests;

  @BeforeEach
  void readManifests() throws Exception {
    manifests = Manifests.settings("platform", "git-receiver");
    manifests.put("PLATFORM_CONFIG_KEYS_FILE", Manifests.configKeys(directory));
    manifests.put(
        "PLATFORM_CLIENT_SECRET_FILE",
        Files.writeString(directory.resolve("secret"), "client-secret\n").toString());
  }

  @Test
  void understandsTheManifests() throws Exception {
    ReceiverConfig config = ReceiverConfig.read(new SettingsReader(manifests));

    assertThat(config.auth().clientSecret()).isEqualTo("client-secret");
    assertThat(config.auth().reachedAt())
        .isEqualTo(URI.create("http://auth-server.platform-system.svc"));
    assertThat(config.auth().issuer()).isEqualTo(URI.create("http://localhost:30081"));
    assertThat(config.pod().ownObjects()).isTrue();
    assertThat(config.pod().addresses().domain()).isEqualTo("localhost");
  }

  @Test
  void readsHowFarAppsCanBeScaled() throws Exception {
    manifests.put("PLATFORM_MAX_PROCESSES", "7");
    manifests.put("PLATFORM_MAX_PROCESS_MEMORY", "2g");
    manifests.put("PLATFORM_MAX_PROCESS_CPU", "4");

    ReceiverConfig config = ReceiverConfig.read(new SettingsReader(manifests));

    assertThat(config.receiver().api().users().scale())
        .isEqualTo(ScaleLimits.defaults().withMost(7, 2L << 30, 4000));

    manifests.put("PLATFORM_MAX_PROCESS_MEMORY", "1m");
    assertThatThrownBy(() -> ReceiverConfig.read(new SettingsReader(manifests)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("PLATFORM_MAX_PROCESS_MEMORY cannot be used");
  }

  @Test
  void opensTheNetworkPoliciesForThePortsThatBothProgramsServe() throws Exception {
    manifests.put("PLATFORM_RECEIVER_PORT", "9080");
    manifests.put("PLATFORM_DEPLOYER_PORT", "9081");

    ReceiverConfig config = ReceiverConfig.read(new SettingsReader(manifests));

    assertThat(config.pod().port()).isEqualTo(9080);
    assertThat(config.cluster().config().namespaces().network().platform())
        .isEqualTo(new PlatformPorts(9080, 9081));
  }

  @Test
  void saysWhatReplacesThePortOfOneProgram() {
    manifests.put("PLATFORM_PORT", "9080");

    assertThatThrownBy(() -> ReceiverConfig.read(new SettingsReader(manifests)))
        .hasMessageContaining("PLATFORM_PORT must be replaced by PLATFORM_RECEIVER_PORT");
  }

  @Test
  void startsBuilderAndRunnerThemselvesAsProcessOne() throws Exception {
    ReceiverConfig config = ReceiverConfig.read(new SettingsReader(manifests));

    assertThat(config.cluster().config().builds().program())
        .isEqualTo(
            new ContainerProgram(
                "platform/slug-runner:dev",
                "IfNotPresent",
                List.of("/opt/platform/bin/builder"),
                List.of()));
    assertThat(config.cluster().config().apps().program().command())
        .containsExactly("/opt/platform/bin/runner");
  }

  @Test
  void readsHowBuildsAndAppsRun() throws Exception {
    manifests.put("PLATFORM_KEEP_BUILD_PODS", "20s");
    manifests.put("PLATFORM_BUILD_MEMORY_LIMIT", "3Gi");
    manifests.put("PLATFORM_NAMESPACE_QUOTA", "pods=7");
    manifests.put("PLATFORM_INGRESS_CLASS", "nginx");
    manifests.put("PLATFORM_OBJECT_STORE_PLACES", "minio:9000, 10.1.0.0/16:443");

    var cluster = ReceiverConfig.read(new SettingsReader(manifests)).cluster().config();

    assertThat(cluster.times().keepSucceeded()).isEqualTo(Duration.ofSeconds(20));
    assertThat(cluster.builds().resources().memoryLimit()).isEqualTo("3Gi");
    assertThat(cluster.namespaces().quota()).containsEntry("pods", "7").containsKey("secrets");
    assertThat(cluster.apps().ingress().orElseThrow().className()).isEqualTo("nginx");
    assertThat(cluster.namespaces().network().objectStore()).hasSize(2);
    assertThat(cluster.namespaces().pullConfig())
        .contains(Path.of("/etc/platform/registry/.dockerconfigjson"));
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    manifests.remove("PLATFORM_PUBLIC_URL");
    manifests.put("PLATFORM_BUILD_DISK", "much");
    manifests.put("PLATFORM_OBJECT_STORE_PLACES", "minio");
    manifests.put("PLATFORM_NAMESPACE_PREFIX", "Not-A-Prefix");
    manifests.put("PLATFORM_SPELLED_WRONG", "x");

    assertThatThrownBy(() -> ReceiverConfig.read(new SettingsReader(manifests)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContainingAll(
            "PLATFORM_PUBLIC_URL is not set",
            "PLATFORM_BUILD_DISK cannot be used: 'much' is no quantity: write it as 500m, 2, 512Mi or 10Gi",
            "PLATFORM_OBJECT_STORE_PLACES cannot be used: 'minio' has no port: write NAMESPACE:PORT or CIDR:PORT",
            "PLATFORM_NAMESPACE_PREFIX and PLATFORM_NAMESPACE cannot be used: 'Not-A-Prefix' is no prefix of namespaces: use 1 to",
            "PLATFORM_SPELLED_WRONG is not a setting");
  }
}
