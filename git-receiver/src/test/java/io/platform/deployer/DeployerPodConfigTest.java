package io.platform.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.commons.settings.SettingsReader;
import io.platform.support.Manifests;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeployerPodConfigTest {
  @Test
  void understandsTheManifests(@TempDir Path directory) throws Exception {
    Map<String, String> manifests = Manifests.settings("platform", "deployer");
    manifests.put("PLATFORM_CONFIG_KEYS_FILE", Manifests.configKeys(directory));
    DeployerPodConfig config = DeployerPodConfig.read(new SettingsReader(manifests));

    assertThat(config.deployer().platformUrl())
        .isEqualTo(URI.create("http://git-receiver.platform-system.svc"));
    assertThat(config.pod().port()).isEqualTo(8081);
    assertThat(config.cluster().config().apps().program().image())
        .isEqualTo("platform/slug-runner:dev");
  }
}
