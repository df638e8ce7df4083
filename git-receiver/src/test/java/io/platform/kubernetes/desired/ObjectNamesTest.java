package io.platform.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.AppLocation;
import io.platform.support.AppBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectNamesTest {
  private static App app(String name) {
    return app(name, name);
  }

  private static App app(String name, String first) {
    return AppBuilder.of("a1", "acme", "acme", name)
        .location(new AppLocation("acme", "acme", first))
        .build();
  }

  @Test
  void aDeploymentIsNamedAfterItsProcessType() {
    assertThat(ObjectNames.of(app("shop"), "web")).isEqualTo("shop--web");
    assertThat(ObjectNames.of(app("shop"), "Mail_Worker")).isEqualTo("shop--mail-worker");
  }

  @Test
  void aRenamedAppKeepsItsObjectsAndWhatTheyFindItsPodsBy() {
    App renamed = app("store", "shop");
    assertThat(ObjectNames.of(renamed)).isEqualTo("shop");
    assertThat(ObjectNames.of(renamed, "web")).isEqualTo("shop--web");
    assertThat(ProcessDeployment.selector(renamed, "web"))
        .isEqualTo(ProcessDeployment.selector(app("shop"), "web"));
    assertThat(Labels.of(new InstallationId("main", "apps", "platform"), renamed, Labels.APPS))
        .containsEntry(Labels.NAME, "store")
        .containsAllEntriesOf(Map.of(Labels.APP, "shop"));
  }

  @Test
  void aLongNameIsCutAndStaysDifferent() {
    App app = app("a".repeat(30));
    String first = ObjectNames.of(app, "worker-that-has-a-long-name");
    assertThat(first).hasSize(46).matches("a{30}--[a-z-]+-[0-9a-f]{8}");
    assertThat(ObjectNames.of(app, "worker-that-has-a-long-nome")).isNotEqualTo(first);
  }
}
