package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.FormationChange.Change;
import io.platform.domain.FormationChange.Quantity;
import io.platform.domain.FormationChange.Refusal;
import io.platform.domain.FormationChange.Result;
import io.platform.domain.FormationChange.Size;
import io.platform.slug.ProcessTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FormationChangeTest {
  private static final ScaleLimits LIMITS = new ScaleLimits(10, 100, 1000, 10, 4000);

  private static ProcessTypes types() {
    Map<String, String> commands = new LinkedHashMap<>();
    List.of("web", "worker", "mailer", "release").forEach(type -> commands.put(type, "run"));
    return new ProcessTypes(commands);
  }

  private static Change quantity(Quantity quantity) {
    return new Change(Optional.of(quantity), Optional.empty());
  }

  private static Change size(Size size) {
    return new Change(Optional.empty(), Optional.of(size));
  }

  private static Result apply(Formation formation, Map<String, Change> changes) {
    return new FormationChange(new TreeMap<>(changes)).apply(formation, types(), LIMITS);
  }

  private static Formation changed(Formation formation, Map<String, Change> changes) {
    return ((Result.Changed) apply(formation, changes)).formation();
  }

  private static List<Refusal> refused(Formation formation, Map<String, Change> changes) {
    return ((Result.Refused) apply(formation, changes)).refusals();
  }

  @Test
  void setsAndAddsAndTakesAway() {
    Formation formation =
        changed(
            Formation.UNSCALED,
            Map.of(
                "web", quantity(new Quantity.By(1)),
                "worker", quantity(new Quantity.Exactly(4))));
    assertThat(formation.quantity("web")).isEqualTo(2);
    assertThat(formation.quantity("worker")).isEqualTo(4);
    assertThat(formation.scaledTo("mailer")).isEmpty();
    assertThat(
            changed(formation, Map.of("worker", quantity(new Quantity.By(-4)))).scaledTo("worker"))
        .contains(0);
  }

  @Test
  void resizesWithoutAWordOnHowMany() {
    Formation large =
        changed(
            Formation.UNSCALED,
            Map.of("web", size(new Size.Limits(Optional.of(512L), Optional.of(500L)))));
    assertThat(large.scaledTo("web")).isEmpty();
    assertThat(large.size("web")).isEqualTo(new ProcessSize(Optional.of(512L), Optional.of(500)));
    Formation larger =
        changed(large, Map.of("web", size(new Size.Limits(Optional.of(1000L), Optional.empty()))));
    assertThat(larger.size("web")).isEqualTo(new ProcessSize(Optional.of(1000L), Optional.of(500)));
    assertThat(changed(larger, Map.of("web", size(new Size.Standard()))))
        .isEqualTo(Formation.UNSCALED);
  }

  @Test
  void refusesATypeThatTheReleaseHasNotAndNamesTheLikelyOne() {
    assertThat(
            refused(
                Formation.UNSCALED,
                Map.of(
                    "wokrer", quantity(new Quantity.Exactly(1)),
                    "zzz", quantity(new Quantity.Exactly(0)),
                    "release", quantity(new Quantity.Exactly(1)))))
        .containsExactly(
            new Refusal.ReleaseType(),
            new Refusal.UnknownType(
                "wokrer", List.of("web", "worker", "mailer"), Optional.of("worker")),
            new Refusal.UnknownType("zzz", List.of("web", "worker", "mailer"), Optional.empty()));
  }

  @Test
  void refusesWhatIsOutOfRangeAndThenChangesNothing() {
    assertThat(
            refused(
                Formation.UNSCALED.withQuantity("worker", 1),
                Map.of(
                    "web", quantity(new Quantity.Exactly(11)),
                    "worker", quantity(new Quantity.By(-2)),
                    "mailer", quantity(new Quantity.Exactly(-1)))))
        .containsExactly(
            new Refusal.QuantityOutOfRange("mailer", -1, 10),
            new Refusal.QuantityOutOfRange("web", 11, 10),
            new Refusal.BelowZero("worker", 1, -2));
    assertThat(
            refused(
                Formation.UNSCALED, Map.of("web", quantity(new Quantity.By(Integer.MAX_VALUE)))))
        .containsExactly(new Refusal.QuantityOutOfRange("web", 1L + Integer.MAX_VALUE, 10));
    assertThat(
            refused(
                Formation.UNSCALED,
                Map.of(
                    "web", size(new Size.Limits(Optional.of(99L), Optional.empty())),
                    "worker", size(new Size.Limits(Optional.of(1001L), Optional.empty())),
                    "mailer", size(new Size.Limits(Optional.empty(), Optional.of(4001L))))))
        .containsExactly(
            new Refusal.CpuOutOfRange("mailer", 4001, 10, 4000),
            new Refusal.MemoryOutOfRange("web", 99, 100, 1000),
            new Refusal.MemoryOutOfRange("worker", 1001, 100, 1000));
  }
}
