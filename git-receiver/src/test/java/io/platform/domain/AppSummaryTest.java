package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.slug.ProcessTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppSummaryTest {
  private static final ProcessTypes WEB = new ProcessTypes(Map.of("web", "serve"));
  private static final ProcessTypes BOT = new ProcessTypes(Map.of("bot", "talk"));
  private static final ProcessState UP = Examples.process("web.1", ProcessState.Status.UP);
  private static final ProcessState CRASHED =
      Examples.process("web.2", ProcessState.Status.CRASHED);
  private static final ProcessState CRASHED_BOT =
      Examples.process("bot.1", ProcessState.Status.CRASHED);

  private static AppSummary summary(int desired, int live, boolean building, boolean released) {
    return new AppSummary(
        Examples.app(desired, live), live > 0 ? WEB : ProcessTypes.none(), building, released);
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
    assertThat(live.state(List.of(UP, CRASHED_BOT))).isEqualTo(AppState.CRASHED);
    assertThat(live.state(List.of(UP, Examples.process("bot.1", ProcessState.Status.STOPPING))))
        .isEqualTo(AppState.RUNNING);
  }

  @Test
  void anAppWithoutAWebProcess() {
    App app = Examples.app(1, 1);
    assertThat(new AppSummary(app, BOT, false, true).state(List.of())).isEqualTo(AppState.NO_WEB);
    assertThat(AppState.NO_WEB.word()).isEqualTo("no_web");

    App scaled = Examples.scaled(app, Formation.UNSCALED.withQuantity("bot", 1));
    AppSummary running = new AppSummary(scaled, BOT, false, true);
    assertThat(running.state(List.of())).isEqualTo(AppState.RUNNING);
    assertThat(running.state(List.of(CRASHED_BOT))).isEqualTo(AppState.CRASHED);
  }
}
