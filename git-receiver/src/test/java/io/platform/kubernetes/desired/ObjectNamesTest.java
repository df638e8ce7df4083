package io.platform.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.AppLocation;
import io.platform.domain.AppOptions;
import io.platform.domain.AppPath;
import io.platform.domain.Formation;
import io.platform.domain.Restarts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ObjectNamesTest {
  private static App app(String name) {
    return app(name, name);
  }

  private static App app(String name, String first) {
    return new App(
        new AppId("a1"),
        "acme",
        new AppPath("acme", name),
        new AppLocation("acme", "acme", first),
        Optional.empty(),
        name + "-acme.example.com",
        new TreeSet<>(),
        false,
        Optional.empty(),
        Optional.empty(),
        Formation.UNSCALED,
        Restarts.NONE,
        AppOptions.NONE,
        App.Status.ACTIVE,
        Instant.EPOCH);
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
