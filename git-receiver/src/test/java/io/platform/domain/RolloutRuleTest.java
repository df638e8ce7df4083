package io.platform.domain;

import static io.platform.domain.Release.Status.LIVE;
import static io.platform.domain.Release.Status.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.RolloutRule.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RolloutRuleTest {
  private static final Config BLUE = new Config(new TreeMap<>(Map.of("COLOR", "blue")));
  private static final Config RED = new Config(new TreeMap<>(Map.of("COLOR", "red")));
  private static final ReleaseCause CHANGE =
      new ReleaseCause.ConfigChange(new TreeSet<>(List.of("COLOR")), new TreeSet<>());
  private static final ReleaseFailureCause ENDED =
      new ReleaseFailureCause.StoredSentence("It ended.");
  private static final RolloutEnd FAILED = new RolloutEnd.Failed(ENDED, List.of());

  private static Release release(int version, Config config, ReleaseCause cause) {
    return Examples.release(
        version, new Artifact.Slug(Examples.object("slug")), config, cause, PENDING);
  }

  private static Optional<Release> live() {
    return Optional.of(Examples.release(1, "slug", LIVE));
  }

  private static Change end(int desired, Release release, Config config, RolloutEnd end) {
    return RolloutRule.of(Examples.app(desired, 1), release, live(), config, end);
  }

  @Test
  void theFirstEndCounts() {
    Release ended = Examples.release(2, "slug", LIVE);
    assertThat(end(2, ended, Config.EMPTY, FAILED)).isEqualTo(new Change.Nothing());
  }

  @Test
  void whatIsNotWantedAnyMoreGaveWayHoweverItEnded() {
    assertThat(end(3, release(2, BLUE, Examples.DEPLOY), BLUE, new RolloutEnd.Live()))
        .isEqualTo(new Change.Superseded(new ReleaseFailureCause.Overtaken()));
  }

  @Test
  void whatGaveWayToNothingIsTriedAgain() {
    assertThat(end(2, release(2, BLUE, Examples.DEPLOY), BLUE, new RolloutEnd.Superseded()))
        .isEqualTo(new Change.Nothing());
  }

  @Test
  void aFailedConfigChangeAndAFailedRollbackRestoreTheConfig() {
    ReleaseCause rollback = new ReleaseCause.Rollback(new ReleaseVersion(1));
    assertThat(end(2, release(2, RED, CHANGE), RED, FAILED))
        .isEqualTo(new Change.Failed(ENDED, Optional.of(Config.EMPTY)));
    assertThat(end(2, release(2, RED, rollback), RED, FAILED))
        .isEqualTo(new Change.Failed(ENDED, Optional.of(Config.EMPTY)));
    assertThat(end(2, release(2, RED, Examples.DEPLOY), RED, FAILED))
        .isEqualTo(new Change.Failed(ENDED, Optional.empty()));
  }

  @Test
  void configThatWaitedForTheFirstReleaseMakesTheSecond() {
    Release first = release(1, BLUE, Examples.DEPLOY);
    RolloutEnd up = new RolloutEnd.Live();
    App app = Examples.app(1, 0);
    assertThat(RolloutRule.of(app, first, Optional.empty(), RED, up))
        .isEqualTo(
            new Change.Live(Optional.of(ReleaseDraft.ofConfig(first, BLUE, RED, first.by()))));
    assertThat(RolloutRule.of(app, first, Optional.empty(), BLUE, up))
        .isEqualTo(new Change.Live(Optional.empty()));
    assertThat(end(2, release(2, BLUE, CHANGE), RED, up))
        .isEqualTo(new Change.Live(Optional.empty()));
  }
}
