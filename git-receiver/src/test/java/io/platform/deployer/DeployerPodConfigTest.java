package io.platform.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.commons.settings.SettingsReader;
import io.platform.support.Manifests;
import java.net.URI;
import org.junit.jupiter.api.Test;

final class DeployerPodConfigTest {
  @Test
  void understandsTheManifests() throws Exception {
    DeployerPodConfig config =
        DeployerPodConfig.read(new SettingsReader(Manifests.settings("platform", "deployer")));

    assertThat(config.deployer().platformUrl())
        .isEqualTo(URI.create("http://git-receiver.platform-system.svc"));
    assertThat(config.pod().port()).isEqualTo(8081);
    assertThat(config.cluster().config().apps().program().image())
        .isEqualTo("platform/slug-runner:dev");
  }
}
