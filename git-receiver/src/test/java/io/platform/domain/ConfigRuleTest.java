package io.platform.domain;

import static io.platform.domain.Release.Status.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigRuleTest {
  private static final String ADA = "ada@example.com";
  private static final Config BLUE = new Config(new TreeMap<>(Map.of("COLOR", "blue")));
  private static final Config RED = new Config(new TreeMap<>(Map.of("COLOR", "red")));
  private static final Map<String, Optional<String>> TO_RED = Map.of("COLOR", Optional.of("red"));
  private static final Release V3 = Examples.release(3, "slug", LIVE);

  @Test
  void aValueThatIsThereAlreadyChangesNothing() {
    for (Map<String, Optional<String>> vars :
        List.of(TO_RED, Map.of("SIZE", Optional.<String>empty()))) {
      ConfigRule.Change change = ConfigRule.of(RED, vars, Optional.of(V3), ADA);
      assertThat(change.changes()).isFalse();
      assertThat(change.config()).isEqualTo(RED);
      assertThat(change.release()).isEmpty();
    }
  }

  @Test
  void aChangeMakesAReleaseOfWhatIsLive() {
    ConfigRule.Change change = ConfigRule.of(BLUE, TO_RED, Optional.of(V3), ADA);
    assertThat(change.changes()).isTrue();
    assertThat(change.config()).isEqualTo(RED);
    assertThat(change.release())
        .contains(
            new ReleaseDraft(
                new ReleaseCause.ConfigChange(new TreeSet<>(List.of("COLOR")), new TreeSet<>()),
                V3.artifact(),
                RED,
                V3.processTypes(),
                V3.appJson(),
                V3.commit(),
                Optional.empty(),
                ADA));
  }

  @Test
  void aChangeBeforeTheFirstReleaseWaitsForIt() {
    ConfigRule.Change change = ConfigRule.of(BLUE, TO_RED, Optional.empty(), ADA);
    assertThat(change.config()).isEqualTo(RED);
    assertThat(change.release()).isEmpty();
  }
}
