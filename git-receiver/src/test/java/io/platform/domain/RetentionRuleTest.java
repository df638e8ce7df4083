package io.platform.domain;

import static io.platform.domain.Release.Status.FAILED;
import static io.platform.domain.Release.Status.LIVE;
import static io.platform.domain.Release.Status.PENDING;
import static io.platform.domain.Release.Status.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionRuleTest {
  private static final RetentionLimits TWO = new RetentionLimits(2, 2);

  private static RetainedObjects decide(App app, Release... newestFirst) {
    return RetentionRule.decide(app, List.of(), List.of(newestFirst), Optional.empty(), TWO);
  }

  @Test
  void sourceAndLogOfTheNewestBuildsStay() {
    RetainedObjects retained =
        RetentionRule.decide(
            Examples.app(0, 0),
            List.of(
                Examples.build("b3", false),
                Examples.build("b2", true),
                Examples.build("b1", true)),
            List.of(),
            Optional.of(Examples.object("cache/b2")),
            TWO);
    assertThat(retained.unsettled()).containsExactly(new BuildId("b3"));
    assertThat(retained.logs()).containsExactly(new BuildId("b2"));
    assertThat(retained.endedBuilds()).containsExactly(new BuildId("b1"));
    assertThat(retained.keys()).containsExactlyInAnyOrder("source/b2", "log/b2", "cache/b2");
  }

  @Test
  void slugsOfTheNewestReleasesStayAndOfThoseThatCameUp() {
    RetainedObjects retained =
        decide(
            Examples.app(6, 2),
            Examples.release(6, "f", FAILED),
            Examples.release(5, "e", FAILED),
            Examples.release(4, "d", SUPERSEDED),
            Examples.release(3, "c", LIVE),
            Examples.release(2, "b", LIVE),
            Examples.release(1, "a", LIVE));
    assertThat(retained.keys()).containsExactlyInAnyOrder("f", "e", "c", "b");
    assertThat(retained.endedReleases())
        .containsExactly(new ReleaseVersion(4), new ReleaseVersion(1));
  }

  @Test
  void whatRunsOrShouldRunOrWaitsStays() {
    RetainedObjects retained =
        decide(
            Examples.app(2, 1),
            Examples.release(9, "i", LIVE),
            Examples.release(8, "h", LIVE),
            Examples.release(3, "c", PENDING),
            Examples.release(2, "b", FAILED),
            Examples.release(1, "a", LIVE));
    assertThat(retained.endedReleases()).isEmpty();
  }

  @Test
  void aSlugThatSeveralReleasesRunCountsOnce() {
    RetainedObjects retained =
        decide(
            Examples.app(4, 4),
            Examples.release(4, "a", LIVE),
            Examples.release(3, "a", LIVE),
            Examples.release(2, "b", LIVE),
            Examples.release(1, "a", LIVE));
    assertThat(retained.endedReleases()).isEmpty();
    assertThat(retained.keys()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void anImageIsKeptLikeASlugButIsNoObject() {
    RetainedObjects retained =
        decide(
            Examples.app(4, 4),
            Examples.release(4, new Artifact.Image("registry/shop:4", "sha256:4"), LIVE),
            Examples.release(3, "c", LIVE),
            Examples.release(2, new Artifact.Image("registry/shop:2", "sha256:2"), LIVE));
    assertThat(retained.keys()).containsExactly("c");
    assertThat(retained.endedReleases()).containsExactly(new ReleaseVersion(2));
  }
}
