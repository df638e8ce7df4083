package io.platform.domain;

import static io.platform.domain.Release.Status.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseDraftTest {
  @Test
  void aRollbackHasTheConfigOfTheReleaseThatItGoesBackTo() {
    Release v2 = Examples.release(2, "slug", LIVE);
    assertThat(ReleaseDraft.ofRollback(v2, "ada@example.com"))
        .isEqualTo(
            new ReleaseDraft(
                new ReleaseCause.Rollback(v2.version()),
                v2.artifact(),
                v2.config(),
                v2.processTypes(),
                v2.appJson(),
                v2.commit(),
                Optional.empty(),
                "ada@example.com"));
  }
}
