package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppSummaryTest {
  private static final ProcessState UP =
      new ProcessState("web", ProcessState.Status.UP, Optional.empty());
  private static final ProcessState CRASHED =
      new ProcessState(
          "web",
          ProcessState.Status.CRASHED,
          Optional.of(new ReleaseFailureCause.Told("It ended.")));

  private static AppSummary summary(int desired, int live, boolean building, boolean released) {
    return new AppSummary(Examples.app(desired, live), live > 0, building, released);
  }

  @Test
  void anAppWithoutARelease() {
    assertThat(summary(0, 0, false, false).state(List.of())).isEqualTo(AppState.IDLE);
    assertThat(summary(0, 0, true, false).state(List.of())).isEqualTo(AppState.DEPLOYING);
    assertThat(summary(0, 0, false, true).state(List.of())).isEqualTo(AppState.FAILED);
  }

  @Test
  void anAppWhoseReleaseIsRolledOut() {
    assertThat(summary(1, 0, false, true).state(List.of())).isEqualTo(AppState.DEPLOYING);
    assertThat(summary(2, 1, false, true).state(List.of(UP))).isEqualTo(AppState.DEPLOYING);
  }

  @Test
  void anAppThatIsLive() {
    AppSummary live = summary(1, 1, true, true);
    assertThat(live.state(List.of(UP, CRASHED))).isEqualTo(AppState.RUNNING);
    assertThat(live.state(List.of(CRASHED))).isEqualTo(AppState.CRASHED);
    assertThat(live.state(List.of())).isEqualTo(AppState.RUNNING);
    assertThat(new AppSummary(live.app(), false, false, true).state(List.of()))
        .isEqualTo(AppState.NO_WEB);
    assertThat(AppState.NO_WEB.word()).isEqualTo("no_web");
  }
}
