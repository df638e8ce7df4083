package io.platform.domain;

import static io.platform.domain.Release.Status.FAILED;
import static io.platform.domain.Release.Status.LIVE;
import static io.platform.domain.Release.Status.PENDING;
import static io.platform.domain.Release.Status.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.RollbackRule.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollbackRuleTest {
  private static final Release REMOVED = Examples.removed(Examples.release(1, "slug", LIVE));

  @Test
  void aReleaseThatCameUpCanRunAgain() {
    assertThat(RollbackRule.refusal(Examples.release(1, "slug", LIVE))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "LIVE", mode = EnumSource.Mode.EXCLUDE)
  void anotherCannot(Release.Status status) {
    assertThat(RollbackRule.refusal(Examples.release(3, "slug", status)))
        .contains(new Refusal.NeverUp(new ReleaseVersion(3)));
  }

  @Test
  void aVersionThatTheAppNeverHadIsNamed() {
    ReleaseVersion v9 = new ReleaseVersion(9);
    assertThat(RollbackRule.refusal(v9, Optional.empty())).contains(new Refusal.NoSuchRelease(v9));
    assertThat(RollbackRule.refusal(v9, Optional.of(Examples.release(9, "slug", LIVE)))).isEmpty();
  }

  @Test
  void oneWhoseSlugIsGoneSaysWhatToPush() {
    assertThat(RollbackRule.refusal(REMOVED))
        .contains(new Refusal.SlugRemoved(new ReleaseVersion(1), Optional.of("1a2b3c4d")));
  }

  @Test
  void withoutAVersionOnlyWhatCameUpBeforeTheLiveOneCounts() {
    App app = Examples.app(4, 3);
    assertThat(RollbackRule.isEarlier(app, Examples.release(2, "slug", LIVE))).isTrue();
    assertThat(RollbackRule.isEarlier(app, Examples.release(3, "slug", LIVE))).isFalse();
    assertThat(RollbackRule.isEarlier(app, Examples.release(4, "slug", PENDING))).isFalse();
    assertThat(RollbackRule.isEarlier(app, Examples.release(2, "slug", FAILED))).isFalse();
    assertThat(RollbackRule.isEarlier(app, Examples.release(2, "slug", SUPERSEDED))).isFalse();
    assertThat(RollbackRule.isEarlier(app, REMOVED)).isFalse();
    assertThat(RollbackRule.isEarlier(Examples.app(1, 0), Examples.release(1, "slug", LIVE)))
        .isFalse();
  }
}
