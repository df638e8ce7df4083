package io.platform.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.AppOptions;
import io.platform.domain.AppPath;
import io.platform.domain.Formation;
import io.platform.domain.Restarts;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectNamesTest {
  private static App app(String name) {
    return new App(
        new AppId("a1"),
        "acme",
        new AppPath("acme", name),
        Optional.empty(),
        name + "-acme.example.com",
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
  void aLongNameIsCutAndStaysDifferent() {
    App app = app("a".repeat(30));
    String first = ObjectNames.of(app, "worker-that-has-a-long-name");
    assertThat(first).hasSize(46).matches("a{30}--[a-z-]+-[0-9a-f]{8}");
    assertThat(ObjectNames.of(app, "worker-that-has-a-long-nome")).isNotEqualTo(first);
  }
}
