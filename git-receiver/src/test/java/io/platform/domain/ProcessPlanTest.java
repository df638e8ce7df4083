package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.slug.ProcessTypes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessPlanTest {
  private static ProcessTypes types(String... names) {
    Map<String, String> commands = new LinkedHashMap<>();
    for (String name : names) {
      commands.put(name, "run " + name);
    }
    return new ProcessTypes(commands);
  }

  @Test
  void oneWebProcessAndNoneOfOthersUnlessSomebodySays() {
    ProcessPlan plan =
        ProcessPlan.of(Formation.UNSCALED, types("web", "worker", "clock", "release"));
    assertThat(plan.scales().keySet()).containsExactly("clock", "web", "worker");
    assertThat(plan.quantity("web")).isEqualTo(1);
    assertThat(plan.quantity("worker")).isZero();
    assertThat(plan.total()).isEqualTo(1);
    assertThat(ProcessPlan.of(Formation.UNSCALED, types("worker")).total()).isZero();
  }

  @Test
  void whatWasScaledAndIsNoTypeOfTheReleaseHasNoEffect() {
    ProcessSize large = new ProcessSize(Optional.of(1L << 30), Optional.empty());
    Formation formation =
        Formation.UNSCALED
            .with("web", new Scale(3, large))
            .withQuantity("worker", 2)
            .withQuantity("release", 1);
    ProcessPlan plan = ProcessPlan.of(formation, types("web", "clock", "release"));
    assertThat(plan.scales())
        .containsExactly(
            Map.entry("clock", new Scale(0, ProcessSize.STANDARD)),
            Map.entry("web", new Scale(3, large)));
    assertThat(plan.quantity("worker")).isZero();
    assertThat(plan.total()).isEqualTo(3);
  }
}
